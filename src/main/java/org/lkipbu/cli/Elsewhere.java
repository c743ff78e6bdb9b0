package org.lkipbu.cli;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lkipbu.host.Failure;
import org.lkipbu.host.LifeKeeperTransport;
import org.lkipbu.host.MachineName;
import org.lkipbu.host.RemoteCall;
import org.lkipbu.host.Settings;
import org.lkipbu.host.SshTransport;
import org.lkipbu.host.ThisMachine;
import org.lkipbu.host.Transport;
import org.lkipbu.instance.Quoted;
import org.lkipbu.instance.StoreChooser;

/** Runs the whole command on another machine, by the lkipbu that is installed there: {@code -d}. */
final class Elsewhere {

  private final Application application;

  Elsewhere(Application application) {
    this.application = application;
  }

  /** Whether the machine that a request names is another than this one. */
  boolean isMeant(Request request) {
    return !new ThisMachine().isNamed(request.machine()) && !isNamedByLifeKeeper(request);
  }

  /** LifeKeeper may know this server by another name than its own; its instances carry it. */
  private boolean isNamedByLifeKeeper(Request request) {
    if (request.tag() == null || lifeKeeper().isEmpty()) {
      return false;
    }
    try {
      String system = application.store().find(request.tag()).system();
      return system.equalsIgnoreCase(request.machine().value());
    } catch (Failure e) {
      return false;
    }
  }

  /**
   * Runs it there.
   *
   * @return the exit code that it had there
   * @throws Failure as {@link RemoteCall#run}
   */
  int run(Request request, OutputStream out, OutputStream err) {
    Settings settings = application.settings();
    String program = settings.text("LKIPBU_REMOTE_PROGRAM", "/usr/sbin/lkipbu");
    if (!program.startsWith("/")) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "setting LKIPBU_REMOTE_PROGRAM is " + Quoted.of(program),
          "set it to the absolute path of lkipbu on other machines");
    }
    Duration connectTime = settings.seconds("LKIPBU_CONNECT_TIMEOUT", 10, 1, 300);
    Duration limit = settings.seconds("LKIPBU_REMOTE_TIMEOUT", 120, 1, 3600);
    Transport transport =
        lifeKeeper()
            .<Transport>map(LifeKeeperTransport::new)
            .orElseGet(() -> new SshTransport(connectTime));
    List<String> argv = new ArrayList<>();
    argv.add(program);
    argv.addAll(request.words());
    MachineName machine = request.machine();
    return new RemoteCall(transport, limit).run(machine, argv, out, err);
  }

  private Optional<Path> lifeKeeper() {
    return new StoreChooser(application.settings(), application.folders(), application.runner())
        .lifeKeeper();
  }
}
