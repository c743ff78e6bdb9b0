package org.lkipbu.instance;

import org.lkipbu.host.Failure;

/**
 * An address with its netmask as somebody wrote it: {@code 10.0.0.50/22}, {@code
 * 10.0.0.50/255.255.252.0}, {@code 10.0.0.50/fffffc00}, {@code 2001:db8::50/64}.
 *
 * @param literal the address
 * @param netmask the netmask
 */
public record MaskedAddress(IpLiteral literal, Netmask netmask) {

  /**
   * Reads one; a hexadecimal mask may have {@code 0x} before it.
   *
   * @throws Failure ILLEGAL when it is none
   */
  public static MaskedAddress parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "address " + Quoted.of(text) + " has no netmask",
          "write it as 10.0.0.50/22 or 10.0.0.50/255.255.252.0");
    }
    IpLiteral literal = new IpLiteral(text.substring(0, slash));
    String mask = text.substring(slash + 1);
    boolean marked = mask.startsWith("0x") && !literal.isIpv6() && mask.length() == 10;
    return new MaskedAddress(
        literal, new Netmask(marked ? mask.substring(2) : mask, literal.isIpv6()));
  }

  /** The length of the prefix in bits. */
  public int prefix() {
    return netmask.prefixLength();
  }

  /** The netmask as LifeKeeper writes it in INFO: 8 hex digits, or the prefix length of IPv6. */
  public Netmask asLifeKeeperWrites() {
    if (literal.isIpv6()) {
      return netmask;
    }
    return new Netmask(Integer.toHexString(-1 << 32 - prefix()), false);
  }
}
