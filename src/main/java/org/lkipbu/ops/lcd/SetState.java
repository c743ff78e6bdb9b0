package org.lkipbu.ops.lcd;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;
import org.lkipbu.ops.InstanceLock;

/** {@code ins_setstate}: writes down a state; the host's network is not touched. */
public final class SetState {

  private final EmbeddedStore store;
  private final InstanceLock lock;
  private final Settlement settlement;

  /** The operation with its collaborators. */
  public SetState(EmbeddedStore store, InstanceLock lock, Settlement settlement) {
    this.store = store;
    this.lock = lock;
    this.settlement = settlement;
  }

  /**
   * Stores the state and the reason for it.
   *
   * @throws Failure NOT_FOUND when there is no such instance, ILLEGAL when the reason cannot be
   *     stored, BUSY when another operation holds it, SYSTEM when it cannot be written
   */
  public void run(Tag tag, State state, String reason) {
    // A tag that does not exist is said at once, and gets no lock file.
    store.find(tag);
    try (InstanceLock.Held held = lock.acquire(tag, "ins_setstate")) {
      settlement.settle(tag);
      store.setState(tag, state, reason);
    }
  }
}
