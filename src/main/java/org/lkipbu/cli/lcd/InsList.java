package org.lkipbu.cli.lcd;

import java.io.PrintStream;
import org.lkipbu.cli.ErrorLine;
import org.lkipbu.instance.ResourceInstance;

/** {@code ins_list}: one instance a line. */
final class InsList implements Verb {

  /** What separates the fields unless {@code -f} names another character (LCDI-instances(1M)). */
  private static final char SEPARATOR = '\001';

  @Override
  public Syntax syntax() {
    return new Syntax(
        "ins_list",
        "d:f:R:a:r:t:i:",
        "",
        "[-d destsys] [-fC] [-R top] [-a app] [-r typ] [-t tag] [-i id]",
        false);
  }

  @Override
  public boolean changes(Given given) {
    return false;
  }

  @Override
  public int run(Given given, Home home, PrintStream out, ErrorLine errors) {
    char separator = separator(given);
    int[] exitCode = {0};
    home.listInstances()
        .run(
            Selections.of(given),
            instance -> out.print(line(instance, separator)),
            failure -> exitCode[0] = errors.report(failure));
    return exitCode[0];
  }

  private static char separator(Given given) {
    String text = given.optional('f').orElse(String.valueOf(SEPARATOR));
    if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) > '~') {
      throw given.wrong("-f takes one ASCII character");
    }
    return text.charAt(0);
  }

  private static String line(ResourceInstance instance, char separator) {
    return String.join(
            String.valueOf(separator),
            instance.system(),
            instance.application(),
            instance.type(),
            instance.tag().value(),
            instance.id(),
            instance.info(),
            instance.state().name(),
            instance.reason())
        + "\n";
  }
}
