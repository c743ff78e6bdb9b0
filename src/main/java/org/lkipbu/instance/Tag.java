package org.lkipbu.instance;

import org.lkipbu.host.Failure;

/**
 * The name of a resource instance: 1 to 200 ASCII letters, digits and {@code -_./:@+}.
 *
 * @param value the tag as the user writes it
 */
public record Tag(String value) {

  private static final int MAX_LENGTH = 200;
  private static final String PUNCTUATION = "-_./:@+";

  /**
   * A tag, checked.
   *
   * @throws Failure of kind ILLEGAL when it is not one
   */
  public Tag {
    if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(Tag::allowed)) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "tag " + Quoted.of(value) + " is not valid",
          "use 1 to 200 letters, digits and " + PUNCTUATION);
    }
  }

  private static boolean allowed(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || PUNCTUATION.indexOf(c) >= 0;
  }

  /**
   * The tag as a file name: everything but letters, digits, {@code -}, {@code _} and a dot that is
   * not the first character is percent-encoded, so that no tag names another folder or a hidden
   * file and no two tags share a file.
   */
  public String fileName() {
    StringBuilder name = new StringBuilder(value.length() + 8);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean plain = c == '-' || c == '_' || c == '.' && i > 0 || Character.isLetterOrDigit(c);
      if (plain) {
        name.append(c);
      } else {
        name.append('%').append(String.format("%02X", (int) c));
      }
    }
    return name.toString();
  }

  @Override
  public String toString() {
    return value;
  }
}
