package org.lkipbu.host;

/**
 * The name or address of a machine, as {@code -d} takes it: 1 to 253 letters, digits and {@code
 * .-_:%}, beginning with a letter, a digit or a colon, so that it is never taken for an option.
 *
 * @param value the name
 */
public record MachineName(String value) {

  private static final int MAX_LENGTH = 253;

  /**
   * A machine's name, checked; whether there is such a machine is not asked here.
   *
   * @throws Failure ILLEGAL when it is not one
   */
  public MachineName {
    boolean right = !value.isEmpty() && value.length() <= MAX_LENGTH;
    for (int i = 0; right && i < value.length(); i++) {
      char c = value.charAt(i);
      boolean alphanumeric =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == ':';
      right = alphanumeric || i > 0 && (c == '.' || c == '-' || c == '_' || c == '%');
    }
    if (!right) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "the machine's name is not valid",
          "use the name or address of a machine");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
