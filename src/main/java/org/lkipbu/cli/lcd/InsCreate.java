package org.lkipbu.cli.lcd;

import java.io.PrintStream;
import org.lkipbu.cli.ErrorLine;
import org.lkipbu.ops.lcd.CreateInstance;
import org.lkipbu.ops.lcd.Initial;

/** {@code ins_create}. */
final class InsCreate implements Verb {

  /** How an instance is switched back, by LifeKeeper's names. */
  private enum Strategy {
    INTELLIGENT,
    AUTOMATIC
  }

  @Override
  public Syntax syntax() {
    return new Syntax(
        "ins_create",
        "d:a:r:I:v:s:t:i:",
        "arti",
        "[-d destsys] -a app -r restyp [-I {AUTORES_ISP|INIT_ISP|INIT_OSU}] [-v info]"
            + " [-s {INTELLIGENT|AUTOMATIC}] -t tag -i id",
        false);
  }

  @Override
  public int run(Given given, Home home, PrintStream out, ErrorLine errors) {
    String application = given.required('a');
    String type = given.required('r');
    String id = given.required('i');
    String initial = given.optional('I').orElse(Initial.INIT_OSU.name());
    String strategy = given.optional('s').orElse(Strategy.INTELLIGENT.name());
    CreateInstance.Request request =
        new CreateInstance.Request(
            application,
            type,
            Given.word('I', initial, Initial.values()),
            given.optional('v').orElse(""),
            Given.word('s', strategy, Strategy.values()).name(),
            given.tag(),
            id);
    home.createInstance().run(request);
    return 0;
  }
}
