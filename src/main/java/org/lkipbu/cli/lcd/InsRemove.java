package org.lkipbu.cli.lcd;

import java.io.PrintStream;
import org.lkipbu.cli.ErrorLine;

/** {@code ins_remove}. It demands that somebody says which instance: none said is not all. */
final class InsRemove implements Verb {

  @Override
  public Syntax syntax() {
    return new Syntax(
        "ins_remove",
        "d:R:a:r:t:i:",
        "",
        "[-d destsys] [-R roottag] [-a app] [-r restyp] [-t tag] [-i id]",
        false);
  }

  @Override
  public int run(Given given, Home home, PrintStream out, ErrorLine errors) {
    if (!given.has('t') && !given.has('R') && !given.has('i')) {
      throw given.wrong("none of -t, -R and -i says which instance");
    }
    home.removeInstances().run(Selections.of(given));
    return 0;
  }
}
