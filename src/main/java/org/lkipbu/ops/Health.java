package org.lkipbu.ops;

import java.util.Optional;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Proof;
import org.lkipbu.net.ProtectedAddress;

/**
 * What a check of an address found.
 *
 * @param tag the instance
 * @param address its address
 * @param on the interface that INFO names as primary
 * @param fault what is wrong
 * @param reason the same in words; empty when nothing is wrong
 * @param proof how it was shown that the address answers; empty when nobody was asked
 * @param putRight what of its rules and routes had to be put right; empty when nothing had to be
 * @param interrupted whether a move was interrupted and not repaired yet
 */
public record Health(
    Tag tag,
    ProtectedAddress address,
    InterfaceName on,
    Fault fault,
    String reason,
    Optional<Proof> proof,
    String putRight,
    boolean interrupted) {

  /** What can be wrong with an address, in the order in which it is looked for. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** The instance is not in service. */
    OUT_OF_SERVICE,
    /** The primary interface is not there, is set down, or has no link (a bridge: no uplink). */
    NO_LINK,
    /** The address is not on the primary interface. */
    NOT_CONFIGURED,
    /** It is, with another prefix length than INFO's netmask. */
    WRONG_NETMASK,
    /** Its rules and routes are not right and could not be put right. */
    ROUTES,
    /** Nobody answered a ping from it. */
    SILENT
  }

  /**
   * This, when nothing is wrong.
   *
   * @throws Failure UNHEALTHY, saying what is wrong
   */
  public Health orFail() {
    if (!healthy()) {
      String advice =
          fault == Fault.OUT_OF_SERVICE
              ? "put it in service with perform_action -a restore"
              : "lkipbu --recover -t " + tag + " puts it back or moves it";
      throw new Failure(Failure.Kind.UNHEALTHY, reason, advice);
    }
    return this;
  }

  /** Whether nothing is wrong. */
  public boolean healthy() {
    return fault == Fault.NONE;
  }
}
