package org.lkipbu.cli;

import java.util.Map;

/** Colours for people at a terminal that has them; for everybody else the text as it is. */
final class Colours {

  private static final String GOOD = "\u001b[32m";
  private static final String BAD = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  private final boolean wanted;

  private Colours(boolean wanted) {
    this.wanted = wanted;
  }

  /**
   * The colours for an environment: none where {@code NO_COLOR} is set (no-color.org) or the
   * terminal is dumb or unknown.
   *
   * @param terminal whether the text goes to a terminal
   */
  static Colours of(Map<String, String> environment, boolean terminal) {
    String kind = environment.getOrDefault("TERM", "");
    boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Colours(terminal && !refused && !kind.isEmpty() && !kind.equals("dumb"));
  }

  /** A text that says that something is as it should be. */
  String good(String text) {
    return wanted ? GOOD + text + PLAIN : text;
  }

  /** A text that says that something is not. */
  String bad(String text) {
    return wanted ? BAD + text + PLAIN : text;
  }
}
