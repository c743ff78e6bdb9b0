package org.lkipbu.ops;

import java.util.Optional;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Proof;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Surroundings;
import org.lkipbu.net.Verifier;

/**
 * Moves an address to its backup interface. In service: everything that can be known or prepared
 * comes before the address is touched; after the move the address is verified, and only then do the
 * two interface names change places. Out of service: the names change places, no more.
 */
public final class MoveToBackup {

  private final InstanceStore store;
  private final Verifier verifier;
  private final InstanceLock lock;
  private final Repair repair;
  private final BackupMove backupMove;

  /** The operation with its collaborators. */
  public MoveToBackup(
      InstanceStore store,
      Verifier verifier,
      InstanceLock lock,
      Repair repair,
      BackupMove backupMove) {
    this.store = store;
    this.verifier = verifier;
    this.lock = lock;
    this.repair = repair;
    this.backupMove = backupMove;
  }

  /**
   * What a move did.
   *
   * @param address the address
   * @param from the interface that was the primary
   * @param to the interface that is the primary now
   * @param proof how it was shown that the address answers there; empty when it is out of service
   */
  public record Moved(
      ProtectedAddress address, InterfaceName from, InterfaceName to, Optional<Proof> proof) {}

  /**
   * Moves the address.
   *
   * @throws Failure NOT_FOUND when there is no such instance or it has no backup; MOVE_FAILED when
   *     the backup cannot work or the move failed and the address is configured where it was;
   *     ADDRESS_LOST when it is configured nowhere; ILLEGAL when the host cannot give the address
   *     its own way out; BUSY when another operation holds the instance
   */
  public Moved run(Tag tag) {
    // A tag that does not exist is said at once, and gets no lock file.
    store.find(tag);
    try (InstanceLock.Held held = lock.acquire(tag, "move")) {
      repair.run(tag);
      ProtectedInstance it = ProtectedInstance.find(store, tag);
      InterfaceName from = it.info().primary();
      if (it.info().backup().isEmpty()) {
        throw new Failure(
            Failure.Kind.NOT_FOUND,
            "instance " + tag + " has no backup interface",
            "name one with -a");
      }
      InterfaceName to = it.info().backup().get();
      if (!it.inService()) {
        swapNames(tag, it.info().swapped().format());
        return new Moved(it.address(), from, to, Optional.empty());
      }
      Surroundings before = verifier.observe(it.address(), from);
      return new Moved(it.address(), from, to, Optional.of(backupMove.run(it, before)));
    }
  }

  private void swapNames(Tag tag, String next) {
    try (InstanceStore.Pending pending = store.prepareInfo(tag, next)) {
      pending.commit();
    }
  }
}
