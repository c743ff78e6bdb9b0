package org.lkipbu.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.lkipbu.instance.Tag;

/** All addresses that are watched; of the watcher's own thread alone. */
final class Wards {

  private final Map<String, Ward> byFile = new LinkedHashMap<>();

  /** The ward of a file name of {@link Tag#fileName}, or null. */
  Ward ofFile(String name) {
    return byFile.get(name);
  }

  void add(Ward ward) {
    byFile.put(ward.seen.tag().fileName(), ward);
  }

  void remove(Ward ward) {
    byFile.remove(ward.seen.tag().fileName());
  }

  /** All of them, in a list of its own. */
  List<Ward> all() {
    return new ArrayList<>(byFile.values());
  }

  /** Those that may be looked after now. */
  Collection<Ward> idle() {
    List<Ward> idle = new ArrayList<>();
    for (Ward ward : byFile.values()) {
      if (ward.idle()) {
        idle.add(ward);
      }
    }
    return idle;
  }

  /** Those that may be looked after now, by what they have in common. */
  <K> Map<K, List<Ward>> idleBy(Function<Watched, K> common) {
    Map<K, List<Ward>> groups = new LinkedHashMap<>();
    for (Ward ward : idle()) {
      groups.computeIfAbsent(common.apply(ward.seen), k -> new ArrayList<>()).add(ward);
    }
    return groups;
  }
}
