package org.lkipbu.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program to run: its argument vector (never a shell line), the time after which its whole
 * process tree is ended, and the variables added to the clean environment that it gets.
 *
 * @param argv program and arguments; a program without a slash is looked up in the fixed search
 *     path of {@link CommandRunner}, never in the caller's PATH
 * @param limit how long it may take
 * @param environment variables added to the fixed ones
 */
public record Command(List<String> argv, Duration limit, Map<String, String> environment) {

  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
  }

  /** A command with no variables of its own. */
  public static Command of(Duration limit, String... argv) {
    return new Command(List.of(argv), limit, Map.of());
  }

  /** The program's name or path. */
  public String program() {
    return argv.get(0);
  }
}
