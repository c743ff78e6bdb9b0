package org.lkipbu.ops.lcd;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.Tag;
import org.lkipbu.ops.InstanceLock;

/** {@code ins_setinfo}: replaces the Information field; the host's network is not touched. */
public final class SetInfo {

  private final EmbeddedStore store;
  private final InstanceLock lock;
  private final Settlement settlement;

  /** The operation with its collaborators. */
  public SetInfo(EmbeddedStore store, InstanceLock lock, Settlement settlement) {
    this.store = store;
    this.lock = lock;
    this.settlement = settlement;
  }

  /**
   * Stores the field, byte for byte.
   *
   * @throws Failure ILLEGAL when it is malformed, NOT_FOUND when there is no such instance, BUSY
   *     when another operation holds it, SYSTEM when it cannot be written; what an interrupted move
   *     left may fail as well
   */
  public void run(Tag tag, String info) {
    InfoRecord.parse(info);
    // A tag that does not exist is said at once, and gets no lock file.
    store.find(tag);
    try (InstanceLock.Held held = lock.acquire(tag, "ins_setinfo")) {
      settlement.settle(tag);
      try (InstanceStore.Pending pending = store.prepareInfo(tag, info)) {
        pending.commit();
      }
    }
  }
}
