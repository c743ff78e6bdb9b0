package org.lkipbu.net;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;

/** Finds out, harmlessly, whether a backup can take an address before the address is touched. */
public interface Preflight {

  /**
   * Checks link and segment of the backup, and, when the primary is dead, that no other machine
   * took the address meanwhile. A client's caches are the same afterwards.
   *
   * @throws Failure MOVE_FAILED when the backup cannot work or the address is held elsewhere;
   *     nothing has changed then
   */
  void check(
      Tag tag,
      ProtectedAddress address,
      InterfaceName primary,
      InterfaceName backup,
      Surroundings before);
}
