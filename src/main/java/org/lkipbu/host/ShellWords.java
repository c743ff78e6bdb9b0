package org.lkipbu.host;

import java.util.ArrayList;
import java.util.List;

/** Quotes words for a shell at the other end of a connection; no shell runs on this host. */
final class ShellWords {

  private ShellWords() {}

  /** Each word in single quotes, between which every shell leaves everything as it is. */
  static List<String> quoted(List<String> words) {
    List<String> quoted = new ArrayList<>();
    for (String word : words) {
      quoted.add("'" + word.replace("'", "'\\''") + "'");
    }
    return quoted;
  }
}
