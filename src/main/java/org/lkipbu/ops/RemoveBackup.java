package org.lkipbu.ops;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;

/** Removes the backup interface of an address; the interface may be gone already. */
public final class RemoveBackup {

  private final InstanceStore store;
  private final InstanceLock lock;
  private final Repair repair;

  /** The operation with its collaborators. */
  public RemoveBackup(InstanceStore store, InstanceLock lock, Repair repair) {
    this.store = store;
    this.lock = lock;
    this.repair = repair;
  }

  /**
   * Forgets the backup.
   *
   * @return the Information field as it is now
   * @throws Failure NOT_FOUND when there is no such instance or the interface is not its backup,
   *     BUSY when another operation holds the instance
   */
  public InfoRecord run(Tag tag, InterfaceName backup) {
    // A tag that does not exist is said at once, and gets no lock file.
    store.find(tag);
    try (InstanceLock.Held held = lock.acquire(tag, "remove")) {
      repair.run(tag);
      InfoRecord info = ProtectedInstance.find(store, tag).info();
      if (info.backup().isEmpty() || !info.backup().get().equals(backup)) {
        throw new Failure(
            Failure.Kind.NOT_FOUND,
            "interface " + backup + " is not the backup interface of instance " + tag,
            info.backup().isPresent() ? "that is " + info.backup().get() : "it has none");
      }
      InfoRecord changed = info.withoutBackup();
      try (InstanceStore.Pending pending = store.prepareInfo(tag, changed.format())) {
        pending.commit();
      }
      return changed;
    }
  }
}
