package org.lkipbu.instance;

/** Shows a value that nobody has checked yet within a one-line message. */
public final class Quoted {

  private static final int SHOWN = 60;

  private Quoted() {}

  /**
   * The value in double quotes; control and non-ASCII characters, quotes and backslashes as
   * backslash-u escapes, and no more than the first 60 characters of it.
   */
  public static String of(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < Math.min(value.length(), SHOWN); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append(value.length() > SHOWN ? "\"..." : "\"").toString();
  }
}
