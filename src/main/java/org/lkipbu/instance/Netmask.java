package org.lkipbu.instance;

import org.lkipbu.host.Failure;

/**
 * The netmask of an INFO record in the form that it has there: 8 hex digits ({@code fffffc00}, what
 * LifeKeeper writes), a dotted quad, or a prefix length. An IPv6 instance carries a prefix length
 * and nothing else. A mask of no bits at all is refused: it would make every address a neighbour.
 *
 * @param text the mask as written, letter case included
 * @param ipv6 whether it belongs to an IPv6 address
 */
public record Netmask(String text, boolean ipv6) {

  private static final int HEX_LENGTH = 8;

  /**
   * A mask, checked.
   *
   * @throws Failure ILLEGAL when it has none of the forms or its bits are not contiguous
   */
  public Netmask {
    if (parse(text, ipv6) < 1) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "netmask " + Quoted.of(text) + " is not valid",
          ipv6
              ? "an IPv6 address takes a prefix length from 1 to 128"
              : "write it as fffffc00, 255.255.252.0 or 22");
    }
  }

  /** The length of the prefix in bits: 1 to 32, or 128 for IPv6. */
  public int prefixLength() {
    return parse(text, ipv6);
  }

  /** As {@code lkipbu -s} shows it: a dotted quad for IPv4, the prefix length for IPv6. */
  public String shown() {
    if (ipv6) {
      return text;
    }
    int mask = -1 << 32 - prefixLength();
    return (mask >>> 24) + "." + (mask >> 16 & 255) + "." + (mask >> 8 & 255) + "." + (mask & 255);
  }

  @Override
  public String toString() {
    return text;
  }

  private static int parse(String text, boolean ipv6) {
    if (ipv6) {
      return IpLiteral.decimal(text, 128);
    }
    if (text.indexOf('.') >= 0) {
      byte[] quad = IpLiteral.ipv4(text);
      return quad == null
          ? -1
          : contiguous(
              (quad[0] & 255) << 24 | (quad[1] & 255) << 16 | (quad[2] & 255) << 8 | quad[3] & 255);
    }
    return text.length() == HEX_LENGTH ? hex(text) : IpLiteral.decimal(text, 32);
  }

  private static int hex(String text) {
    int mask = 0;
    for (int i = 0; i < HEX_LENGTH; i++) {
      int digit = IpLiteral.hexDigit(text.charAt(i));
      if (digit < 0) {
        return -1;
      }
      mask = mask << 4 | digit;
    }
    return contiguous(mask);
  }

  /** The number of leading ones when only zeros follow them, else -1. */
  private static int contiguous(int mask) {
    int ones = Integer.numberOfLeadingZeros(~mask);
    return Integer.bitCount(mask) == ones ? ones : -1;
  }
}
