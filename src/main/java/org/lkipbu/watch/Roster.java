package org.lkipbu.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.Tag;

/** The addresses that are to be watched, as the embedded store has them at the moment. */
final class Roster {

  private final EmbeddedStore store;
  private final Set<Tag> only;
  private final WatchLog log;

  /**
   * @param only the tags that are watched; empty for all
   * @param log gets a line for what cannot be read
   */
  Roster(EmbeddedStore store, Set<Tag> only, WatchLog log) {
    this.store = store;
    this.only = Set.copyOf(only);
    this.log = log;
  }

  /** All of them. */
  List<Watched> all() {
    List<Watched> all = new ArrayList<>();
    store.list(
        instance -> {
          if (Watched.isAddress(instance) && wanted(instance.tag())) {
            try {
              all.add(Watched.of(instance));
            } catch (Failure e) {
              log.warning(e.problem() + ": it is not watched");
            }
          }
        },
        broken -> log.warning(broken.problem() + ": it is not watched"));
    return all;
  }

  /**
   * One of them as it is now; empty when it is no more.
   *
   * @throws Failure ILLEGAL or SYSTEM when it cannot be read
   */
  Optional<Watched> one(Tag tag) {
    try {
      return Optional.of(store.find(tag)).filter(Watched::isAddress).map(Watched::of);
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean wanted(Tag tag) {
    return only.isEmpty() || only.contains(tag);
  }
}
