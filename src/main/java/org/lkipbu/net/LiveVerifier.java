package org.lkipbu.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;

/**
 * Verifies an address on the live network.
 *
 * <p>Which systems are asked: with a ping list, its entries and nobody else; else a broadcast
 * responder and, as most networks have none, the neighbours that were known before. All are asked
 * at once, and the first good answer ends it, so a healthy network costs milliseconds and silence
 * costs IP_PINGTRIES times IP_PINGTIME. When all that is silent for one IP_PINGTIME, link-layer
 * replies are accepted together with the kernel's own routing decision.
 */
public final class LiveVerifier implements Verifier {

  private final CommandRunner runner;
  private final PingSettings settings;
  private final PingList lists;
  private final NeighbourMemory memory;
  private final HostNetwork network;

  /**
   * @param runner runs ip, ping and arping
   * @param settings how long and by what to ask
   * @param lists the ping lists
   * @param memory neighbours of addresses whose interface has failed since
   */
  public LiveVerifier(
      CommandRunner runner, PingSettings settings, PingList lists, NeighbourMemory memory) {
    this.runner = runner;
    this.settings = settings;
    this.lists = lists;
    this.memory = memory;
    this.network = new HostNetwork(runner);
  }

  /**
   * {@inheritDoc} What is seen is remembered, and what was remembered is added to it.
   *
   * @throws Failure SYSTEM when {@code ip} cannot be run
   */
  @Override
  public Surroundings observe(ProtectedAddress address, InterfaceName primary) {
    HostNetwork.Vicinity around = network.around(primary.value(), address.isIpv6());
    Link link = around.links().get(primary.value());
    boolean alive = link != null && HostNetwork.works(link, around.links());
    List<Neighbour> seen = alive ? neighbours(address, around) : List.of();
    Map<InetAddress, Neighbour> all = new LinkedHashMap<>();
    for (Neighbour one : seen) {
      all.put(one.address(), one);
    }
    for (Neighbour one : memory.recall(address)) {
      all.putIfAbsent(one.address(), one);
    }
    List<Neighbour> merged = gatewaysFirst(all.values());
    if (!seen.isEmpty()) {
      memory.remember(address, merged);
    }
    return new Surroundings(merged, alive);
  }

  @Override
  public Proof verify(Tag tag, ProtectedAddress address, InterfaceName on, Surroundings before) {
    long start = System.nanoTime();
    List<InetAddress> list = settings.strict() ? List.of() : listed(tag, address);
    if (list.isEmpty() && settings.noBroadcast()) {
      return linkOnly(address, on, start);
    }
    try (Questions questions =
        new Questions(runner, network, settings, address, on, before.neighbours())) {
      Questions.Answer answer;
      if (settings.strict()) {
        answer = questions.askBroadcast();
      } else if (!list.isEmpty()) {
        answer = questions.askList(list);
      } else {
        answer = questions.askEverybody();
      }
      if (answer == null) {
        throw silence(tag, address, on, !list.isEmpty(), questions);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new Proof(answer.kind(), Addresses.text(answer.witness()), took);
    }
  }

  private Proof linkOnly(ProtectedAddress address, InterfaceName on, long start) {
    Map<String, Link> links = network.links();
    Link link = links.get(on.value());
    if (link == null || !HostNetwork.works(link, links)) {
      throw new Failure(
          Failure.Kind.UNHEALTHY,
          on + " has no link",
          "check the cable and 'ip link show " + on + "'");
    }
    if (!network.has(address, on)) {
      throw new Failure(
          Failure.Kind.UNHEALTHY,
          address.host() + " is not configured on " + on,
          "see what removed it, then put it back by ipaction restore");
    }
    return new Proof(
        Proof.Kind.LINK_ONLY, "link of " + on, Duration.ofNanos(System.nanoTime() - start));
  }

  private Failure silence(
      Tag tag, ProtectedAddress address, InterfaceName on, boolean listed, Questions questions) {
    Failure unasked = questions.unasked();
    if (unasked != null) {
      return new Failure(
          Failure.Kind.UNHEALTHY,
          address.host() + " on " + on + " cannot be verified, " + unasked.problem(),
          unasked.advice(),
          unasked);
    }
    String who = listed ? "no system of its ping list" : questions.asked();
    return new Failure(
        Failure.Kind.UNHEALTHY,
        address.host()
            + " on "
            + on
            + ": "
            + who
            + " answered within "
            + settings.patience().toMillis() / 1000.0
            + " s",
        listed
            ? "check the network behind " + on + " and the list " + lists.file(tag)
            : "check the network behind "
                + on
                + ", or name systems that answer pings in "
                + lists.file(tag));
  }

  /** The entries of the ping list that can be asked; this host itself proves nothing. */
  private List<InetAddress> listed(Tag tag, ProtectedAddress address) {
    List<InetAddress> entries = lists.of(tag);
    if (entries.isEmpty()) {
      return entries;
    }
    Predicate<InetAddress> own = network.ownAddresses();
    List<InetAddress> list = new ArrayList<>();
    for (InetAddress entry : entries) {
      if (HostNetwork.family(entry, address.isIpv6()) && !own.test(entry)) {
        list.add(entry);
      }
    }
    return list;
  }

  /** Live neighbours in the address's subnet, and gateways wherever they are. */
  private static List<Neighbour> neighbours(ProtectedAddress address, HostNetwork.Vicinity around) {
    Set<String> ownMacs = new HashSet<>();
    for (Link link : around.links().values()) {
      ownMacs.add(link.mac());
    }
    List<Neighbour> neighbours = new ArrayList<>();
    for (Map.Entry<InetAddress, String> one : around.neighbours().entrySet()) {
      boolean gateway = around.gateways().contains(one.getKey());
      if (!ownMacs.contains(one.getValue()) && (gateway || Questions.near(address, one.getKey()))) {
        neighbours.add(new Neighbour(one.getKey(), one.getValue(), gateway));
      }
    }
    return gatewaysFirst(neighbours);
  }

  private static List<Neighbour> gatewaysFirst(Iterable<Neighbour> some) {
    List<Neighbour> gateways = new ArrayList<>();
    List<Neighbour> others = new ArrayList<>();
    for (Neighbour one : some) {
      (one.gateway() ? gateways : others).add(one);
    }
    gateways.addAll(others);
    return gateways;
  }
}
