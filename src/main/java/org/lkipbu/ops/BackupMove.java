package org.lkipbu.ops;

import org.lkipbu.instance.InterfaceName;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.Proof;
import org.lkipbu.net.Surroundings;

/**
 * Moves an address that is in service to its backup: whatever shows that the backup cannot work is
 * found before the address is touched. The caller holds the tag's lock.
 */
public final class BackupMove {

  private final Preflight preflight;
  private final Relocation relocation;

  /** The step with its collaborators. */
  public BackupMove(Preflight preflight, Relocation relocation) {
    this.preflight = preflight;
    this.relocation = relocation;
  }

  /**
   * Moves the address.
   *
   * @param it the instance, which has a backup
   * @param before what was seen of the network before
   * @throws org.lkipbu.host.Failure MOVE_FAILED, ADDRESS_LOST or ILLEGAL, as {@link
   *     MoveToBackup#run}
   */
  Proof run(ProtectedInstance it, Surroundings before) {
    InterfaceName from = it.info().primary();
    InterfaceName to = it.info().backup().orElseThrow();
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
}
