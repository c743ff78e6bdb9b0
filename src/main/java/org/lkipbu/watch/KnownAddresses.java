package org.lkipbu.watch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.KernelEvent;
import org.lkipbu.net.ProtectedAddress;

/**
 * Which interface has which addresses, as the kernel told it last: to ask it takes milliseconds
 * where there are hundreds. Of the watcher's own thread alone.
 */
final class KnownAddresses {

  private final Interfaces interfaces;
  private Map<String, Set<ProtectedAddress>> known = new HashMap<>();

  KnownAddresses(Interfaces interfaces) {
    this.interfaces = interfaces;
  }

  /** Asks the kernel for all of them. */
  void readAnew() {
    known = interfaces.all();
  }

  /** Takes in an event of an address. */
  void update(KernelEvent event) {
    event
        .address()
        .ifPresent(
            address -> {
              Set<ProtectedAddress> on =
                  known.computeIfAbsent(event.device(), name -> new HashSet<>());
              if (event.deleted()) {
                on.remove(address);
              } else {
                on.add(address);
              }
            });
  }

  /** Whether an interface has an address. */
  boolean has(ProtectedAddress address, InterfaceName on) {
    return known.getOrDefault(on.value(), Set.of()).contains(address);
  }
}
