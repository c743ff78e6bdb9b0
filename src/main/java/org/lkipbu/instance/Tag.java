package org.lkipbu.instance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.lkipbu.host.Failure;

/**
 * The name of a resource instance: 1 to 200 ASCII letters, digits and {@code -_./:@+}.
 *
 * @param value the tag as the user writes it
 */
public record Tag(String value) {

  private static final int MAX_LENGTH = 200;
  private static final int CUT = 120;
  private static final String PUNCTUATION = "-_./:@+";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  /**
   * A tag, checked.
   *
   * @throws Failure of kind ILLEGAL when it is not one
   */
  public Tag {
    if (value.isEmpty() || value.length() > MAX_LENGTH || !allAllowed(value)) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "tag " + Quoted.of(value) + " is not valid",
          "use 1 to 200 letters, digits and " + PUNCTUATION);
    }
  }

  private static boolean allAllowed(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!allowed(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean allowed(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || PUNCTUATION.indexOf(c) >= 0;
  }

  /**
   * The tag as a file name of at most 200 characters: everything but letters, digits, {@code -},
   * {@code _} and a dot that is not the first character is percent-encoded, so that no tag names
   * another folder or a hidden file. What becomes too long by that is cut, and {@code %%} and the
   * tag's SHA-256 follow, so that no two tags share a file.
   */
  public String fileName() {
    StringBuilder name = new StringBuilder(value.length() + 8);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean plain = c == '-' || c == '_' || c == '.' && i > 0 || Character.isLetterOrDigit(c);
      if (plain) {
        name.append(c);
      } else {
        name.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    return name.length() <= MAX_LENGTH ? name.toString() : name.substring(0, CUT) + "%%" + digest();
  }

  private String digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(value.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** By hand, as is the hash: those that a record derives cost 20 ms at their first use. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tag that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
