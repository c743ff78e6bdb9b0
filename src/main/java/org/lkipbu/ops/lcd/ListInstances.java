package org.lkipbu.ops.lcd;

import java.util.Optional;
import java.util.function.Consumer;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.Tag;

/** {@code ins_list}: hands over the instances that are asked for. Takes no lock. */
public final class ListInstances {

  private final EmbeddedStore store;

  /** The operation with its collaborator. */
  public ListInstances(EmbeddedStore store) {
    this.store = store;
  }

  /**
   * Hands over every instance of the selection, ordered by tag.
   *
   * @param each gets an instance
   * @param broken gets the failure of one that cannot be read; the others follow
   * @throws Failure NOT_FOUND when a tag was asked for and no such instance meets the other
   *     conditions, SYSTEM when the store cannot be read
   */
  public void run(Selection selection, Consumer<ResourceInstance> each, Consumer<Failure> broken) {
    Optional<Tag> only = selection.only();
    if (only.isEmpty()) {
      store.list(
          instance -> {
            if (selection.matches(instance)) {
              each.accept(instance);
            }
          },
          broken);
      return;
    }
    ResourceInstance instance = store.find(only.get());
    if (!selection.matches(instance)) {
      throw new Failure(
          Failure.Kind.NOT_FOUND,
          "instance " + only.get() + " does not meet the other conditions",
          "leave out -a, -r or -i");
    }
    each.accept(instance);
  }
}
