package org.lkipbu.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program to run: its argument vector (never a shell line), the time after which its whole
 * process tree is ended, the variables added to the clean environment that it gets, and what it
 * reads.
 *
 * @param argv program and arguments; a program without a slash is looked up in the fixed search
 *     path of {@link CommandRunner}, never in the caller's PATH
 * @param limit how long it may take
 * @param environment variables added to the fixed ones
 * @param input its stdin, at most {@link #MOST_INPUT} bytes of ASCII
 */
public record Command(
    List<String> argv, Duration limit, Map<String, String> environment, String input) {

  /** What a pipe takes whole before anybody reads: the least that pipe(7) promises. */
  public static final int MOST_INPUT = 4096;

  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
    if (input.length() > MOST_INPUT) {
      throw new IllegalArgumentException("too much input for " + argv.get(0));
    }
  }

  /** A command that reads nothing. */
  public Command(List<String> argv, Duration limit, Map<String, String> environment) {
    this(argv, limit, environment, "");
  }

  /** A command with no variables of its own. */
  public static Command of(Duration limit, String... argv) {
    return new Command(List.of(argv), limit, Map.of());
  }

  /** The program's name or path. */
  public String program() {
    return argv.get(0);
  }

  /** The same with other words. */
  public Command withArgv(List<String> words) {
    return new Command(words, limit, environment, input);
  }

  /** The same with another limit. */
  public Command withLimit(Duration time) {
    return new Command(argv, time, environment, input);
  }
}
