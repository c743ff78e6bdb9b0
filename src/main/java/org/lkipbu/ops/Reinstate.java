package org.lkipbu.ops;

import java.time.Duration;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.IpAction;

/**
 * Puts an address that counts as in service on its primary interface, the one on which it was last
 * configured: after a reboot the store says in service and the address is nowhere.
 */
public final class Reinstate {

  private final InstanceStore store;
  private final IpAction ipAction;
  private final InstanceLock lock;
  private final Repair repair;
  private final Duration lockWait;

  /**
   * The operation with its collaborators.
   *
   * @param lockWait how long another operation on the instance is waited for
   */
  public Reinstate(
      InstanceStore store, IpAction ipAction, InstanceLock lock, Repair repair, Duration lockWait) {
    this.store = store;
    this.ipAction = ipAction;
    this.lock = lock;
    this.repair = repair;
    this.lockWait = lockWait;
  }

  /**
   * Puts it there, and there alone; nothing when the instance is out of service.
   *
   * @return whether it is in service
   * @throws org.lkipbu.host.Failure as {@link IpAction#restore}, NOT_FOUND, BUSY
   */
  public boolean run(Tag tag) {
    store.find(tag);
    try (InstanceLock.Held held = lock.acquire(tag, "reinstate", lockWait)) {
      repair.run(tag);
      ProtectedInstance it = ProtectedInstance.find(store, tag);
      if (it.inService()) {
        ipAction.restore(it.address(), it.info().primary());
      }
      return it.inService();
    }
  }
}
