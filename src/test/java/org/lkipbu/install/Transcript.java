package org.lkipbu.install;

/** What was typed in a Debian root and a network namespace, and what was printed. */
final class Transcript {

  private final DebianRoot debian;
  private final String namespace;
  private final StringBuilder text = new StringBuilder();

  Transcript(DebianRoot debian, String namespace) {
    this.debian = debian;
    this.namespace = namespace;
  }

  /**
   * Runs a command that must succeed.
   *
   * @param line its words, separated by spaces
   * @return its stdout
   */
  String run(String line) {
    String[] argv = line.split(" ");
    String out = DebianRoot.succeeded(debian.runIn(namespace, argv), argv);
    text.append("host# ").append(line).append('\n').append(out);
    return out;
  }

  /** Notes a command that was run elsewhere, without what it printed. */
  void note(String line) {
    text.append("host# ").append(line).append('\n');
  }

  /** All of it. */
  String text() {
    return text.toString();
  }
}
