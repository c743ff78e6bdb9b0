package org.lkipbu.ops;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.Proof;
import org.lkipbu.net.Surroundings;

/**
 * Moves an address that is in service to its backup: whatever shows that the backup cannot work is
 * found before the address is touched. The caller holds the tag's lock.
 */
public final class BackupMove {

  private final Interfaces interfaces;
  private final Preflight preflight;
  private final Relocation relocation;
  private final boolean linkCounts;

  /**
   * The step with its collaborators.
   *
   * @param linkCounts whether the backup must have link (IP_NOLINKCHECK is off)
   */
  public BackupMove(
      Interfaces interfaces, Preflight preflight, Relocation relocation, boolean linkCounts) {
    this.interfaces = interfaces;
    this.preflight = preflight;
    this.relocation = relocation;
    this.linkCounts = linkCounts;
  }

  /**
   * Moves the address.
   *
   * @param it the instance, which has a backup
   * @param before what was seen of the network before
   * @throws Failure MOVE_FAILED, ADDRESS_LOST or ILLEGAL, as {@link MoveToBackup#run}
   */
  Proof run(ProtectedInstance it, Surroundings before) {
    InterfaceName from = it.info().primary();
    InterfaceName to = it.info().backup().orElseThrow();
    requireUsable(it, to);
    preflight.check(it.instance().tag(), it.address(), from, to, before);
    MoveIntent intent =
        new MoveIntent(
            it.instance().tag(),
            it.address(),
            from,
            to,
            it.instance().info(),
            it.info().swapped().format());
    return relocation.run(intent, before);
  }

  private void requireUsable(ProtectedInstance it, InterfaceName backup) {
    String problem = null;
    if (!interfaces.exists(backup)) {
      problem = "does not exist";
    } else if (linkCounts && !interfaces.hasLink(backup)) {
      problem = "is down or has no link";
    }
    if (problem != null) {
      throw new Failure(
          Failure.Kind.MOVE_FAILED,
          "the backup interface " + backup + " " + problem + ", " + it.address().host() + " stays",
          "set " + backup + " up and check its cable");
    }
  }
}
