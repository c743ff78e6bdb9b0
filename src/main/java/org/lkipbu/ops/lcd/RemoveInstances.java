package org.lkipbu.ops.lcd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.Tag;
import org.lkipbu.ops.InstanceLock;

/** {@code ins_remove}: forgets instances; the host's network is not touched. */
public final class RemoveInstances {

  private final EmbeddedStore store;
  private final InstanceLock lock;
  private final Settlement settlement;

  /** The operation with its collaborators. */
  public RemoveInstances(EmbeddedStore store, InstanceLock lock, Settlement settlement) {
    this.store = store;
    this.lock = lock;
    this.settlement = settlement;
  }

  /**
   * Forgets every instance of the selection. One that is named by its tag alone is forgotten even
   * when its file is damaged.
   *
   * @throws Failure NOT_FOUND when there is none, BUSY when another operation holds one, SYSTEM
   *     when one cannot be removed
   */
  public void run(Selection selection) {
    List<Tag> tags = tags(selection);
    if (tags.isEmpty()) {
      throw new Failure(
          Failure.Kind.NOT_FOUND, "there is no such instance", "ins_list shows those there are");
    }
    for (Tag tag : tags) {
      try (InstanceLock.Held held = lock.acquire(tag, "ins_remove")) {
        settleIfPossible(tag);
        store.remove(tag);
      }
    }
  }

  private List<Tag> tags(Selection selection) {
    Optional<Tag> only = selection.only();
    boolean byTagAlone =
        selection.application().isEmpty() && selection.type().isEmpty() && selection.id().isEmpty();
    if (only.isPresent() && byTagAlone) {
      return store.has(only.get()) ? List.of(only.get()) : List.of();
    }
    List<Tag> tags = new ArrayList<>();
    new ListInstances(store).run(selection, instance -> tags.add(instance.tag()), failure -> {});
    return tags;
  }

  /** To forget an instance is a way out when nothing else helps, so nothing may stand in it. */
  private void settleIfPossible(Tag tag) {
    try {
      settlement.settle(tag);
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.BUSY) {
        throw e;
      }
    }
  }
}
