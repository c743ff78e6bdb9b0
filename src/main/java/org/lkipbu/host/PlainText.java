package org.lkipbu.host;

/** Tells values that are safe in a one-line message, a file name and an argument from others. */
public final class PlainText {

  private PlainText() {}

  /** Whether a value is made of printable ASCII characters and spaces alone. */
  public static boolean is(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /** The value on one line: whatever is not printable ASCII becomes a question mark. */
  public static String of(String value) {
    if (is(value)) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      text.append(c == '\n' || c == '\r' || c == '\t' ? ' ' : c < ' ' || c > '~' ? '?' : c);
    }
    return text.toString();
  }
}
