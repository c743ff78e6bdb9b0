package org.lkipbu.cli.lcd;

import java.util.HashMap;
import java.util.Map;
import org.lkipbu.cli.Application;
import org.lkipbu.host.SystemLog;
import org.lkipbu.host.ThisMachine;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.Tag;
import org.lkipbu.ops.CheckHealth;
import org.lkipbu.ops.lcd.CreateInstance;
import org.lkipbu.ops.lcd.ListInstances;
import org.lkipbu.ops.lcd.PerformAction;
import org.lkipbu.ops.lcd.RemoveInstances;
import org.lkipbu.ops.lcd.SetInfo;
import org.lkipbu.ops.lcd.SetState;
import org.lkipbu.ops.lcd.Settlement;

/** The standalone home: the embedded store, and the operations over it. */
final class Home implements AutoCloseable {

  private final Application application;
  private final EmbeddedStore store;

  /**
   * The home that an environment describes.
   *
   * @throws org.lkipbu.host.Failure ILLEGAL when the environment is wrong
   */
  Home(Map<String, String> environment) {
    // These verbs are the embedded store's, on a LifeKeeper server as well.
    Map<String, String> embedded = new HashMap<>(environment);
    embedded.put("LKIPBU_STORE", "embedded");
    this.application = new Application(embedded);
    this.store = new EmbeddedStore(application.folders().state());
  }

  SystemLog systemLog() {
    return application.systemLog();
  }

  CreateInstance createInstance() {
    return new CreateInstance(store, application.lock(), new ThisMachine().name());
  }

  ListInstances listInstances() {
    return new ListInstances(store);
  }

  SetInfo setInfo() {
    return new SetInfo(store, application.lock(), settlement());
  }

  SetState setState() {
    return new SetState(store, application.lock(), settlement());
  }

  RemoveInstances removeInstances() {
    return new RemoveInstances(store, application.lock(), settlement());
  }

  PerformAction performAction(Tag tag) {
    return new PerformAction(
        store,
        application.lock(),
        settlement(),
        application.ipAction(tag),
        application.interfaces()::has);
  }

  CheckHealth checkHealth(Tag tag) {
    return application.checkHealth(tag);
  }

  private Settlement settlement() {
    return tag -> application.repair(tag).run(tag);
  }

  @Override
  public void close() {
    application.close();
  }
}
