package org.lkipbu.install;

import java.util.ArrayList;
import java.util.List;

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
   * @param words separated by spaces
   * @param quoted a last word that may hold spaces itself
   * @return its stdout
   */
  String run(String words, String... quoted) {
    List<String> argv = new ArrayList<>(List.of(words.split(" ")));
    text.append("host# ").append(words);
    for (String word : quoted) {
      argv.add(word);
      text.append(" '").append(word).append('\'');
    }
    String[] command = argv.toArray(new String[0]);
    String out = DebianRoot.succeeded(debian.runIn(namespace, command), command);
    text.append('\n').append(out);
    return out;
  }

  /** All of it. */
  String text() {
    return text.toString();
  }
}
