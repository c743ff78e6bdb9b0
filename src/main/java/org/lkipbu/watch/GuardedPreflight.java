package org.lkipbu.watch;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Surroundings;

/**
 * The last question before an address is touched, under its lock: is this still the move that was
 * decided upon? An administrator may have moved it meanwhile, and that is never undone.
 */
final class GuardedPreflight implements Preflight {

  private final Watched decided;
  private final boolean mayMove;
  private final Preflight preflight;

  GuardedPreflight(Watched decided, boolean mayMove, Preflight preflight) {
    this.decided = decided;
    this.mayMove = mayMove;
    this.preflight = preflight;
  }

  @Override
  public void check(
      Tag tag,
      ProtectedAddress address,
      InterfaceName primary,
      InterfaceName backup,
      Surroundings before) {
    if (!mayMove) {
      throw new Failure(
          Failure.Kind.MOVE_FAILED, "it has moved too often to move again", "mend " + primary);
    }
    if (!primary.equals(decided.primary())) {
      throw new Failure(
          Failure.Kind.BUSY, "it was moved to " + primary + " meanwhile", "nothing was done");
    }
    preflight.check(tag, address, primary, backup, before);
  }
}
