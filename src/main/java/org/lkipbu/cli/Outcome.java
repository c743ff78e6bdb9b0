package org.lkipbu.cli;

/**
 * What an operation came to.
 *
 * @param text what goes to stdout
 * @param exitCode 0, or what went wrong beside a result that is shown nevertheless
 */
record Outcome(String text, int exitCode) {

  /** One without anything wrong. */
  static Outcome of(String text) {
    return new Outcome(text, 0);
  }
}
