package org.lkipbu.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.instance.InterfaceName;

/**
 * Asks by neighbour discovery who holds IPv6 addresses, with the kernel's own means: a neighbour
 * entry that is made with {@code use} is resolved at once, and as no packet waits for it, the
 * solicitation goes out from the interface's link-local address (ndisc_solicit in
 * net/ipv6/ndisc.c). So no address of the host moves in anybody's cache.
 */
final class NdProbe {

  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final long PAUSE_MILLIS = 4;

  private final CommandRunner runner;
  private final HostNetwork network;

  NdProbe(CommandRunner runner, HostNetwork network) {
    this.runner = runner;
    this.network = network;
  }

  /**
   * Solicits addresses, one after the other, until an answer is enough or time is up.
   *
   * @param enough gets each address that answers, once, with the link-layer address of the answer;
   *     and a null of both at each look, so that a caller can end it for reasons of its own
   */
  void probe(
      InterfaceName out,
      Collection<InetAddress> targets,
      Duration patience,
      BiPredicate<InetAddress, String> enough) {
    long end = System.nanoTime() + patience.toNanos();
    Set<InetAddress> known = Set.copyOf(network.neighbours(out.value(), true).keySet());
    Map<InetAddress, String> told = new HashMap<>();
    List<InetAddress> asked = new ArrayList<>();
    for (InetAddress target : targets) {
      if (known.contains(target)) {
        // An entry that is there already would be believed for a while instead of asked.
        forget(out, target);
      }
      neigh("replace", out, target, "nud", "none", "use");
      asked.add(target);
      // The first one can decide alone.
      if (asked.size() == 1 && hear(out, asked, told, enough)) {
        return;
      }
    }
    while (System.nanoTime() < end) {
      if (hear(out, asked, told, enough) || enough.test(null, null)) {
        return;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean hear(
      InterfaceName out,
      Collection<InetAddress> targets,
      Map<InetAddress, String> told,
      BiPredicate<InetAddress, String> enough) {
    Map<InetAddress, String> answers = network.neighbours(out.value(), true);
    for (InetAddress target : targets) {
      String mac = answers.get(target);
      if (mac != null && !mac.equals(told.put(target, mac)) && enough.test(target, mac)) {
        return true;
      }
    }
    return false;
  }

  private void forget(InterfaceName out, InetAddress target) {
    neigh("del", out, target);
  }

  private void neigh(String operation, InterfaceName out, InetAddress target, String... more) {
    List<String> argv =
        new ArrayList<>(
            List.of("ip", "-6", "neigh", operation, Addresses.text(target), "dev", out.value()));
    argv.addAll(List.of(more));
    runner.run(new Command(argv, LIMIT, Map.of()));
  }
}
