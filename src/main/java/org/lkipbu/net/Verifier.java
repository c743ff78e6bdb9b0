package org.lkipbu.net;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;

/** Shows that an address is really reachable: execute_broadcast_ping and what backs it up. */
public interface Verifier {

  /** Looks at the address's network before it is touched; sends nothing. */
  Surroundings observe(ProtectedAddress address, InterfaceName primary);

  /**
   * Proves that the address answers on the interface, by replies that take the way that every
   * client's reply takes.
   *
   * @param tag whose ping list counts
   * @param before what was seen before the address was moved
   * @throws Failure UNHEALTHY when no proof could be had
   */
  Proof verify(Tag tag, ProtectedAddress address, InterfaceName on, Surroundings before);
}
