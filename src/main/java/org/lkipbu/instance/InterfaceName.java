package org.lkipbu.instance;

import org.lkipbu.host.Failure;

/**
 * The name of a network interface, by the kernel's own rule (dev_valid_name): 1 to 15 bytes, no
 * {@code /}, {@code :} or white space, not {@code .} or {@code ..}. Printable ASCII is demanded as
 * well, and no leading {@code -}, so that a name is safe in a message and as an argument.
 *
 * @param value the name
 */
public record InterfaceName(String value) {

  private static final int MAX_LENGTH = 15;

  /**
   * An interface name, checked; whether such an interface exists is not asked here.
   *
   * @throws Failure of kind ILLEGAL when it is not one
   */
  public InterfaceName {
    boolean wrong =
        value.isEmpty()
            || value.length() > MAX_LENGTH
            || value.equals(".")
            || value.equals("..")
            || value.startsWith("-")
            || !allAllowed(value);
    if (wrong) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "interface " + Quoted.of(value) + " is not a valid name",
          "use the name that 'ip link' shows");
    }
  }

  private static boolean allAllowed(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c > '~' || c == '/' || c == ':') {
        return false;
      }
    }
    return true;
  }

  /** By hand, as is the hash: those that a record derives cost 20 ms at their first use. */
  @Override
  public boolean equals(Object other) {
    return other instanceof InterfaceName that && value.equals(that.value);
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
