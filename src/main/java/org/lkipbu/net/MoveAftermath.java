package org.lkipbu.net;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;

/**
 * Brings an address home after a move that ended in no way that says where the address is: killed,
 * past its time limit, or an ipaction that knows no move.
 */
final class MoveAftermath {

  private final IpAction action;
  private final Interfaces interfaces;

  MoveAftermath(IpAction action, Interfaces interfaces) {
    this.action = action;
    this.interfaces = interfaces;
  }

  /**
   * Puts the address back where it was and says what to report: the kind is MOVE_FAILED when it is
   * there, else ADDRESS_LOST.
   */
  Failure settle(
      ProtectedAddress address, InterfaceName from, InterfaceName to, String what, Failure cause) {
    String reason = what + ": " + cause.problem();
    Failure second = null;
    try {
      if (interfaces.has(address, to)) {
        action.remove(address, to);
      }
    } catch (Failure failure) {
      second = failure;
    }
    try {
      // Also where the address never left: a restore makes whole what a broken move took apart.
      action.restore(address, from);
    } catch (Failure failure) {
      second = failure;
    }
    if (second == null || interfaces.has(address, from)) {
      return new Failure(
          Failure.Kind.MOVE_FAILED,
          reason,
          "the address is back on " + from + "; mend " + to + ", then try again",
          cause);
    }
    if (interfaces.has(address, to)) {
      return new Failure(
          Failure.Kind.ADDRESS_LOST,
          reason + "; it is on " + to + " against INFO: " + second.problem(),
          "take it from there by ipaction remove, then put it on " + from,
          cause);
    }
    return new Failure(
        Failure.Kind.ADDRESS_LOST,
        reason + "; and not put back on " + from + ": " + second.problem(),
        "mend " + from + ", then put the address back by ipaction restore",
        cause);
  }
}
