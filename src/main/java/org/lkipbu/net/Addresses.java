package org.lkipbu.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Reads numeric addresses and never asks a name server. */
final class Addresses {

  private static final int MAX_TEXT = 45;

  private Addresses() {}

  /** The address that a text is in numbers, without a zone, or null when it is none. */
  static InetAddress parsed(String text) {
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      return null;
    }
    try {
      if (text.indexOf(':') < 0) {
        byte[] bytes = dottedQuad(text);
        return bytes == null ? null : InetAddress.getByAddress(bytes);
      }
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (Character.digit(c, 16) < 0 && c != ':' && c != '.' || c > '~') {
          return null;
        }
      }
      // A text with a colon is never looked up as a name.
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** Four decimal numbers, or null: anything else the JDK would ask a name server about. */
  private static byte[] dottedQuad(String text) {
    byte[] bytes = new byte[4];
    int part = 0;
    int digits = 0;
    int value = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '.';
      if (c == '.') {
        if (digits == 0 || value > 255 || part > 3) {
          return null;
        }
        bytes[part++] = (byte) value;
        digits = 0;
        value = 0;
      } else if (c >= '0' && c <= '9' && digits < 3) {
        value = value * 10 + (c - '0');
        digits++;
      } else {
        return null;
      }
    }
    return part == 4 ? bytes : null;
  }

  /** Whether two addresses of one family agree in their first bits. */
  static boolean sameSubnet(InetAddress one, InetAddress other, int prefix) {
    byte[] a = one.getAddress();
    byte[] b = other.getAddress();
    if (a.length != b.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((a[bit / 8] & mask) != (b[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** The usual text of an address (RFC 5952), without a zone. */
  static String text(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? address.getHostAddress() : ipv6Text(bytes);
  }

  /** Groups in hex without leading zeros; the longest run of two or more zero groups is "::". */
  private static String ipv6Text(byte[] bytes) {
    int[] groups = new int[8];
    int run = 0;
    int longest = 1;
    int gap = -1;
    for (int i = 0; i < 8; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
      run = groups[i] == 0 ? run + 1 : 0;
      if (run > longest) {
        longest = run;
        gap = i - run + 1;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == gap) {
        text.append("::");
        i += longest - 1;
      } else {
        boolean first = text.length() == 0 || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  /** The broadcast address of an IPv4 subnet, or null where there is none: /31, /32 and IPv6. */
  static InetAddress broadcast(ProtectedAddress address) {
    if (address.isIpv6() || address.prefix() > 30) {
      return null;
    }
    byte[] bytes = address.address().getAddress();
    for (int bit = address.prefix(); bit < 32; bit++) {
      bytes[bit / 8] |= (byte) (0x80 >> (bit % 8));
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
