package org.lkipbu.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the 72 combinations of a host, a fault and a client in which a move must leave the client
 * with an answer.
 *
 * @param family of the protected address
 * @param fault what is wrong with eth0 when the address moves
 * @param own on which interfaces the host has an address of its own in the subnet
 * @param hardened whether the host has rp_filter=1, arp_ignore=1 and arp_announce=2; IPv4 only
 * @param client where the client is
 */
public record Situation(
    Family family, Fault fault, OwnAddresses own, boolean hardened, ClientPlace client) {

  /** Address families. */
  public enum Family {
    IPV4,
    IPV6
  }

  /** What is wrong with an interface of the host. */
  public enum Fault {
    NONE,
    /** The cable is out. */
    CARRIER_LOST,
    /** An administrator set it down. */
    SET_DOWN,
    /** It keeps carrier, and the switch swallows everything. */
    BLACKHOLED
  }

  /** The host's own addresses in the subnet of the protected one. */
  public enum OwnAddresses {
    BOTH,
    ETH0_ONLY,
    NEITHER
  }

  /** Where a client is, seen from the host. */
  public enum ClientPlace {
    ON_LINK,
    BEHIND_ROUTER
  }

  /** All of them, 48 in IPv4 and 24 in IPv6. */
  public static List<Situation> all() {
    List<Situation> all = new ArrayList<>();
    for (Family family : Family.values()) {
      for (Fault fault : Fault.values()) {
        for (OwnAddresses own : OwnAddresses.values()) {
          for (ClientPlace client : ClientPlace.values()) {
            all.add(new Situation(family, fault, own, false, client));
            if (family == Family.IPV4) {
              all.add(new Situation(family, fault, own, true, client));
            }
          }
        }
      }
    }
    return all;
  }

  /**
   * A third of them, in which every pair of values of any two parameters occurs that occurs in all
   * of them.
   */
  public static List<Situation> covering() {
    List<Situation> some = new ArrayList<>();
    for (Family family : Family.values()) {
      for (Fault fault : Fault.values()) {
        for (OwnAddresses own : OwnAddresses.values()) {
          ClientPlace client = ClientPlace.values()[(fault.ordinal() + own.ordinal()) % 2];
          boolean hardened =
              family == Family.IPV4 && (fault.ordinal() / 2 + own.ordinal()) % 2 == 0;
          some.add(new Situation(family, fault, own, hardened, client));
        }
      }
    }
    return some;
  }

  @Override
  public String toString() {
    return (family + ", eth0 " + fault + ", own addresses " + own + ", client " + client)
            .toLowerCase(java.util.Locale.ROOT)
            .replace('_', ' ')
        + (hardened ? ", hardened" : "");
  }
}
