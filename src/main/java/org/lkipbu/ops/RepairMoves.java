package org.lkipbu.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.Tag;

/** Repairs what interrupted moves have left, of one instance or of all. */
public final class RepairMoves {

  private final InstanceStore store;
  private final InstanceLock lock;
  private final MoveJournal journal;
  private final Function<Tag, Repair> repair;
  private final Runnable settleHost;

  /**
   * The operation with its collaborators.
   *
   * @param repair a repair for each tag
   * @param settleHost puts right what an interrupted change has left that belongs to no instance
   */
  public RepairMoves(
      InstanceStore store,
      InstanceLock lock,
      MoveJournal journal,
      Function<Tag, Repair> repair,
      Runnable settleHost) {
    this.store = store;
    this.lock = lock;
    this.journal = journal;
    this.repair = repair;
    this.settleHost = settleHost;
  }

  /**
   * Repairs one instance.
   *
   * @return what was done; empty when there was nothing to do
   * @throws Failure NOT_FOUND when there is no such instance, and as {@link Repair#run}
   */
  public Optional<Repair.Repaired> run(Tag tag) {
    // A tag that does not exist is said at once, and gets no lock file.
    store.find(tag);
    try (InstanceLock.Held held = lock.acquire(tag, "repair")) {
      Optional<Repair.Repaired> done = repair.apply(tag).run(tag);
      settleHost.run();
      return done;
    }
  }

  /**
   * Repairs every instance whose move was interrupted.
   *
   * @return what was done
   * @throws Failure the first that an instance met, after all have been tried
   */
  public List<Repair.Repaired> runAll() {
    List<Repair.Repaired> done = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (Tag tag : journal.tags(failures::add)) {
      try (InstanceLock.Held held = lock.acquire(tag, "repair")) {
        repair.apply(tag).run(tag).ifPresent(done::add);
      } catch (Failure e) {
        failures.add(e);
      }
    }
    try {
      settleHost.run();
    } catch (Failure e) {
      failures.add(e);
    }
    if (failures.isEmpty()) {
      return done;
    }
    Failure first = failures.remove(0);
    failures.forEach(first::addSuppressed);
    throw first;
  }
}
