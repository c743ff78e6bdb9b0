package org.lkipbu.cli.lcd;

import java.io.PrintStream;
import org.lkipbu.cli.ErrorLine;

/** {@code ins_setinfo}. */
final class InsSetInfo implements Verb {

  @Override
  public Syntax syntax() {
    return new Syntax("ins_setinfo", "d:t:v:", "t", "[-d destsys] -t tag [-v info]", false);
  }

  @Override
  public int run(Given given, Home home, PrintStream out, ErrorLine errors) {
    home.setInfo().run(given.tag(), given.optional('v').orElse(""));
    return 0;
  }
}
