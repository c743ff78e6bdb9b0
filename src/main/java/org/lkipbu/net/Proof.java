package org.lkipbu.net;

import java.time.Duration;

/**
 * How it was shown that an address is reachable.
 *
 * @param kind which proof it was, strongest first in the enumeration
 * @param witness the system that answered, or what the proof rests on
 * @param took how long it took
 */
public record Proof(Kind kind, String witness, Duration took) {

  /** The proofs, from the strongest to the weakest; NETWORK facts decide this order. */
  public enum Kind {
    /**
     * A broadcast (IPv6: ff02::1) reply on the interface, then an unbound echo from the address.
     */
    BROADCAST,
    /** An unbound echo from the address to an entry of the ping list. */
    PING_LIST,
    /** An unbound echo from the address to a neighbour that was live before. */
    NEIGHBOUR_ECHO,
    /**
     * A link-layer reply out of the interface, and the kernel's route for the address through it.
     */
    LINK_LAYER,
    /** Link and address alone: the settings turned every ping off. */
    LINK_ONLY
  }
}
