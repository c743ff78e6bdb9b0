package org.lkipbu.watch;

import java.math.BigInteger;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.net.ProtectedAddress;

/**
 * A subnet behind an interface. What is found out about it by one address holds for all of them.
 *
 * @param on the interface
 * @param ipv6 the family of the subnet
 * @param network its number
 * @param prefix its prefix length
 */
record Segment(InterfaceName on, boolean ipv6, BigInteger network, int prefix) {

  /** The segment that an address is on when an interface has it. */
  Segment(InterfaceName on, ProtectedAddress address) {
    this(on, address.isIpv6(), network(address), address.prefix());
  }

  private static BigInteger network(ProtectedAddress address) {
    byte[] bytes = address.address().getAddress();
    return new BigInteger(1, bytes).shiftRight(8 * bytes.length - address.prefix());
  }
}
