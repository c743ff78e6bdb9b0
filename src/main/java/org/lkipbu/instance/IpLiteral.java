package org.lkipbu.instance;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.lkipbu.host.Failure;

/**
 * An IP address as somebody wrote it: dotted IPv4 or any RFC 4291 form of IPv6. The text is kept,
 * so that it is written back as it was read. Nothing here asks a name server: what is not a literal
 * is an error, and so is a zone ({@code fe80::1%eth0}).
 *
 * @param text the address as written
 */
public record IpLiteral(String text) {

  /** The longest IPv6 literal: eight groups, the last two dotted. */
  private static final int MAX_LENGTH = 45;

  /**
   * A literal, checked.
   *
   * @throws Failure ILLEGAL when it is no address literal, or an address that no single host can
   *     hold: unspecified, loopback, multicast, limited broadcast, IPv4 mapped into IPv6
   */
  public IpLiteral {
    byte[] bytes = parse(text);
    if (bytes == null) {
      throw illegal(text, "is not an IPv4 or IPv6 address");
    }
    InetAddress address = ofBytes(bytes);
    if (address.getAddress().length != bytes.length) {
      throw illegal(text, "is an IPv4 address mapped into IPv6");
    }
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isMulticastAddress()
        || bytes.length == 4 && Arrays.equals(bytes, new byte[] {-1, -1, -1, -1})) {
      throw illegal(text, "cannot be protected: no single host holds it");
    }
  }

  /** The address. */
  public InetAddress address() {
    return ofBytes(parse(text));
  }

  /** Whether it is an IPv6 address. */
  public boolean isIpv6() {
    return text.indexOf(':') >= 0;
  }

  @Override
  public String toString() {
    return text;
  }

  private static Failure illegal(String text, String why) {
    return new Failure(
        Failure.Kind.ILLEGAL,
        "address " + Quoted.of(text) + " " + why,
        "write a host's address like 10.0.0.50 or 2001:db8::50");
  }

  private static InetAddress ofBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
  }

  /** The four bytes of a dotted quad without leading zeros (which some read as octal), or null. */
  static byte[] ipv4(String text) {
    byte[] bytes = new byte[4];
    int from = 0;
    for (int i = 0; i < 4; i++) {
      int end = i < 3 ? text.indexOf('.', from) : text.length();
      int value = end < 0 ? -1 : decimal(text.substring(from, end), 255);
      if (value < 0) {
        return null;
      }
      bytes[i] = (byte) value;
      from = end + 1;
    }
    return bytes;
  }

  /** A decimal number without sign or leading zeros from 0 to {@code max}, or -1. */
  static int decimal(String digits, int max) {
    if (digits.isEmpty() || digits.length() > 3 || digits.length() > 1 && digits.charAt(0) == '0') {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value <= max ? value : -1;
  }

  /** The value of one ASCII hex digit, or -1; other scripts' digits do not count. */
  static int hexDigit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private static byte[] ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] all = groups(text, true);
      return all != null && all.length == 16 ? all : null;
    }
    byte[] head = groups(text.substring(0, gap), false);
    byte[] tail = groups(text.substring(gap + 2), true);
    if (head == null || tail == null || head.length + tail.length > 14) {
      return null;
    }
    byte[] bytes = Arrays.copyOf(head, 16);
    System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
    return bytes;
  }

  /** The bytes of groups separated by single colons; the last may be a dotted quad; or null. */
  private static byte[] groups(String text, boolean dottedEnd) {
    byte[] bytes = new byte[16];
    int length = 0;
    int from = 0;
    while (from < text.length()) {
      int colon = text.indexOf(':', from);
      String group = colon < 0 ? text.substring(from) : text.substring(from, colon);
      byte[] part = colon < 0 && dottedEnd && group.indexOf('.') >= 0 ? ipv4(group) : hex(group);
      boolean endsInColon = colon == text.length() - 1;
      if (part == null || endsInColon || length + part.length > 16) {
        return null;
      }
      System.arraycopy(part, 0, bytes, length, part.length);
      length += part.length;
      from = colon < 0 ? text.length() : colon + 1;
    }
    return Arrays.copyOf(bytes, length);
  }

  /** The two bytes of one to four hex digits, or null. */
  private static byte[] hex(String group) {
    if (group.isEmpty() || group.length() > 4) {
      return null;
    }
    int value = 0;
    for (int i = 0; i < group.length(); i++) {
      int digit = hexDigit(group.charAt(i));
      if (digit < 0) {
        return null;
      }
      value = value << 4 | digit;
    }
    return new byte[] {(byte) (value >> 8), (byte) value};
  }
}
