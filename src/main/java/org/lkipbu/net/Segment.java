package org.lkipbu.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;

/**
 * Listens on a backup for those who are known on the primary's network, and for whoever else holds
 * the address. All are asked at once.
 *
 * <p>What shows that both are one network: an answer for the address by the primary's own
 * link-layer address; a neighbour with the link-layer address that it has on the primary's side; an
 * entry of the ping list. Where the backup is a bridge with uplinks, answers of guests on its ports
 * count for nothing.
 */
final class Segment {

  private static final int MOST_ASKED = 5;
  private static final Duration LIVE_PATIENCE = Duration.ofMillis(1500);
  private static final Duration DEAD_PATIENCE = Duration.ofMillis(500);

  /** With nobody to compare its silence with, a stranger gets this long. */
  private static final Duration ALONE_PATIENCE = Duration.ofMillis(150);

  /** Once a neighbour has answered, a stranger would have within this and thrice its time. */
  private static final long SILENCE_NANOS = 20_000_000;

  /** A primary that works answers within this, and then nobody else need be asked. */
  private static final long HEAD_START_NANOS = 30_000_000;

  private final CommandRunner runner;
  private final HostNetwork network;
  private final ProtectedAddress address;
  private final InterfaceName backup;
  private final boolean primaryAlive;
  private final String primaryMac;
  private final Set<String> ownMacs = new HashSet<>();
  private final Link bridge;
  private final Set<String> guests;

  /** Who is asked, with the link-layer address that must answer; empty when any will do. */
  private final Map<InetAddress, String> neighbours = new LinkedHashMap<>();

  private final boolean askable;
  private final ArpProbe arp;
  private final NdProbe nd;
  private final long start = System.nanoTime();

  private final Crew crew = new Crew();
  private boolean ownAnswer;
  private boolean reached;
  private String stranger;
  private long silenceCountsAt = Long.MAX_VALUE;

  Segment(
      CommandRunner runner,
      HostNetwork network,
      Map<String, Link> links,
      ProtectedAddress address,
      InterfaceName primary,
      InterfaceName backup,
      Surroundings before,
      List<InetAddress> list) {
    this.runner = runner;
    this.network = network;
    this.address = address;
    this.backup = backup;
    this.primaryAlive = before.primaryAlive();
    Link from = links.get(primary.value());
    this.primaryMac = from == null ? "" : from.mac();
    for (Link link : links.values()) {
      ownMacs.add(link.mac());
    }
    this.bridge = links.get(backup.value());
    this.guests = bridge.kind().equals("bridge") ? HostNetwork.guestPorts(bridge, links) : Set.of();
    for (Neighbour one : before.neighbours()) {
      if (neighbours.size() < MOST_ASKED) {
        neighbours.put(one.address(), one.mac());
      }
    }
    for (InetAddress entry : list) {
      boolean direct =
          HostNetwork.family(entry, address.isIpv6()) && Questions.near(address, entry);
      if (direct && neighbours.size() < 2 * MOST_ASKED) {
        neighbours.putIfAbsent(entry, "");
      }
    }
    this.arp = new ArpProbe(runner);
    this.nd = new NdProbe(runner, network);
    this.askable = address.isIpv6() || arp.flavour() != ArpProbe.Flavour.NONE;
  }

  /** Asks, and returns as soon as what was heard decides, or time is up. */
  void listen() {
    if (!askable) {
      return;
    }
    Duration patience =
        primaryAlive ? LIVE_PATIENCE : neighbours.isEmpty() ? ALONE_PATIENCE : DEAD_PATIENCE;
    try (crew) {
      if (address.isIpv6()) {
        solicit(patience);
      } else {
        probe(address.address(), patience);
        if (primaryAlive) {
          await(start + HEAD_START_NANOS);
        }
        if (!decidedNow()) {
          for (InetAddress one : neighbours.keySet()) {
            probe(one, patience);
          }
        }
      }
      await(start + patience.toNanos());
    }
  }

  private void probe(InetAddress target, Duration patience) {
    crew.ask(() -> arp.probe(backup, target, patience, mac -> heard(target, mac)));
  }

  private void solicit(Duration patience) {
    Set<InetAddress> targets = new LinkedHashSet<>();
    targets.add(address.address());
    targets.addAll(neighbours.keySet());
    crew.ask(
        () ->
            nd.probe(
                backup,
                targets,
                patience,
                (target, mac) -> target == null ? decidedNow() : heard(target, mac)));
  }

  private synchronized void await(long end) {
    try {
      while (!decided()) {
        long left = Math.min(end, silenceCountsAt) - System.nanoTime();
        if (left <= 0) {
          return;
        }
        wait(left / 1_000_000 + 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(
          Failure.Kind.MOVE_FAILED, "the check of " + backup + " was interrupted", "try again", e);
    }
  }

  /** Whether this host has the means to ask at all. */
  boolean askable() {
    return askable;
  }

  /** Whether somebody of the primary's network was heard. */
  synchronized boolean reached() {
    return reached;
  }

  /** The link-layer address of another machine that answered for the address, or null. */
  synchronized String stranger() {
    return stranger;
  }

  private synchronized boolean heard(InetAddress target, String mac) {
    if (target.equals(address.address())) {
      if (mac.equals(primaryMac) && primaryAlive) {
        ownAnswer = true;
        reached = true;
      } else if (!ownMacs.contains(mac)) {
        stranger = mac;
      }
    } else if (counts(target, mac)) {
      reached = true;
      long now = System.nanoTime();
      silenceCountsAt = Math.min(silenceCountsAt, now + Math.max(SILENCE_NANOS, 3 * (now - start)));
    }
    notifyAll();
    return decided();
  }

  private boolean counts(InetAddress target, String mac) {
    String expected = neighbours.get(target);
    if (ownMacs.contains(mac)
        || expected == null
        || !(expected.isEmpty() || expected.equals(mac))) {
      return false;
    }
    return guests.isEmpty() || !guests.contains(network.learnt(bridge.name()).get(mac));
  }

  /**
   * The primary's own answer says everything: it is alive, it has the address, and this is its
   * network. A primary may have carrier and be cut off all the same, so an answer of a neighbour
   * alone leaves a stranger some time.
   */
  private boolean decided() {
    return ownAnswer || stranger != null;
  }

  private synchronized boolean decidedNow() {
    return decided() || System.nanoTime() > silenceCountsAt;
  }
}
