package org.lkipbu.host;

/**
 * How a program ended.
 *
 * @param exitCode its exit status, 128 + the signal when a signal ended it
 * @param out what it wrote to stdout, cut at the runner's bound
 * @param err what it wrote to stderr, cut at the runner's bound
 */
public record CommandResult(int exitCode, String out, String err) {

  /** Whether it ended with status 0. */
  public boolean ok() {
    return exitCode == 0;
  }

  /** The last line of stderr that is not blank, or the empty string: usually the reason. */
  public String reason() {
    String last = "";
    for (String line : err.split("\n")) {
      if (!line.isBlank()) {
        last = line.strip();
      }
    }
    return last;
  }
}
