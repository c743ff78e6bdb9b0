package org.lkipbu.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lkipbu.host.MachineName;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.MaskedAddress;
import org.lkipbu.instance.Tag;

/**
 * What the user asks for, every value checked for its syntax.
 *
 * @param operation what to do
 * @param tag the instance; null where none is given
 * @param interfaceName the interface of {@code -f} or {@code --evacuate}; null where none is given
 * @param machine where to do it; null for here
 * @param address the address of {@code --protect}; null for other operations
 * @param modifiers how to go about it
 * @param tags all instances that are given; only to watch may there be more than one
 * @param words the command line again without {@code -d}, for another machine
 */
record Request(
    Operation operation,
    Tag tag,
    InterfaceName interfaceName,
    MachineName machine,
    MaskedAddress address,
    Set<Modifier> modifiers,
    List<Tag> tags,
    List<String> words) {

  /** Whether a modifier is given. */
  boolean has(Modifier modifier) {
    return modifiers.contains(modifier);
  }

  /** The same without asking for a dry run, and with every question answered. */
  Request inEarnest() {
    Set<Modifier> rest = EnumSet.of(Modifier.YES);
    rest.addAll(modifiers);
    rest.remove(Modifier.DRY_RUN);
    return new Request(operation, tag, interfaceName, machine, address, rest, tags, words);
  }

  /** A request for what needs nothing but to be asked for. */
  static Request bare(Operation operation) {
    return new Request(operation, null, null, null, null, Set.of(), List.of(), List.of());
  }
}
