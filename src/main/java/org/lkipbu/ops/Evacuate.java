package org.lkipbu.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;

/**
 * Moves every address that is in service on an interface to its backup, so that somebody can work
 * on the interface. Each goes as {@link MoveToBackup} moves it; one that fails stops no other.
 */
public final class Evacuate {

  private final InstanceStore store;
  private final Interfaces interfaces;
  private final Function<Tag, MoveToBackup.Moved> move;

  /** The operation with its collaborators, a move for each tag among them. */
  public Evacuate(
      InstanceStore store, Interfaces interfaces, Function<Tag, MoveToBackup.Moved> move) {
    this.store = store;
    this.interfaces = interfaces;
    this.move = move;
  }

  /**
   * Empties an interface.
   *
   * @param moved gets what was done to each
   * @param failed gets each that stays, and why
   * @return how many addresses were in service there
   * @throws Failure ILLEGAL when there is no such interface, in INFO or on this host; SYSTEM when
   *     the store cannot be reached
   */
  public int run(
      InterfaceName from, BiConsumer<Tag, MoveToBackup.Moved> moved, Consumer<Failure> failed) {
    List<Tag> tags = tags(from, failed);
    if (tags.isEmpty() && !interfaces.exists(from)) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "interface " + from + " does not exist on this machine",
          "name one that 'ip link' shows");
    }
    for (Tag tag : tags) {
      try {
        moved.accept(tag, move.apply(tag));
      } catch (Failure e) {
        failed.accept(about(tag, e));
      }
    }
    return tags.size();
  }

  private List<Tag> tags(InterfaceName from, Consumer<Failure> failed) {
    List<Tag> tags = new ArrayList<>();
    store.list(
        instance -> {
          try {
            if (isOn(instance, from)) {
              tags.add(instance.tag());
            }
          } catch (Failure e) {
            failed.accept(about(instance.tag(), e));
          }
        },
        // Its address may be on this interface, and nobody should take that for empty.
        failed);
    return tags;
  }

  private static Failure about(Tag tag, Failure e) {
    return new Failure(e.kind(), tag + ": " + e.problem(), e.advice(), e);
  }

  private static boolean isOn(ResourceInstance instance, InterfaceName from) {
    return instance.state().inService() && InfoRecord.parse(instance.info()).primary().equals(from);
  }
}
