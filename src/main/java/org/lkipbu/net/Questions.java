package org.lkipbu.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;

/**
 * One round of asking other systems from an address: everybody at once, each by a thread of its
 * own, until the first good answer.
 */
final class Questions implements AutoCloseable {

  /** A system that answered, and what its answer proves. */
  record Answer(Proof.Kind kind, InetAddress witness) {}

  private static final int MOST_ASKED = 8;
  private static final long LOOK_AGAIN_MILLIS = 100;

  /** How long those known before may answer until others are looked for. */
  private static final long EARLY_MILLIS = 50;

  /** How long a weaker proof waits for a broadcast reply that may be on its way. */
  private static final long GRACE_MILLIS = 10;

  /** The same once a broadcast reply was heard and its sender is being asked. */
  private static final long HEARD_MILLIS = 250;

  private final CommandRunner runner;
  private final HostNetwork network;
  private final PingSettings settings;
  private final ProtectedAddress address;
  private final InterfaceName on;
  private Predicate<InetAddress> own;
  private final List<Neighbour> before;
  private final Set<InetAddress> asked = new LinkedHashSet<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final Crew crew = new Crew();
  private volatile boolean broadcastHeard;
  private final long start = System.nanoTime();
  private final long end;

  Questions(
      CommandRunner runner,
      HostNetwork network,
      PingSettings settings,
      ProtectedAddress address,
      InterfaceName on,
      List<Neighbour> before) {
    this.runner = runner;
    this.network = network;
    this.settings = settings;
    this.address = address;
    this.on = on;
    this.before = before;
    this.end = start + settings.patience().toNanos();
  }

  /** Broadcast and unbound echo alone, as the original's strict behaviour. */
  Answer askBroadcast() {
    broadcast();
    return next(rest());
  }

  /** The entries of a ping list, all at once. */
  Answer askList(List<InetAddress> list) {
    for (InetAddress entry : list) {
      echo(entry, Proof.Kind.PING_LIST);
    }
    return next(rest());
  }

  /**
   * Broadcast and known neighbours beside each other; systems that turn up meanwhile, because a
   * client has asked for the address, are asked as well.
   */
  Answer askEverybody() {
    broadcast();
    for (Neighbour one : before) {
      echoNeighbour(one.address());
    }
    long linkLayerFrom = start + settings.replyWait().toNanos();
    boolean linkLayerAsked = false;
    Answer early = before.isEmpty() ? null : next(Duration.ofMillis(EARLY_MILLIS));
    if (early != null) {
      return strongest(early);
    }
    while (rest().toMillis() > 0) {
      for (InetAddress one : candidates()) {
        echoNeighbour(one);
      }
      if (!linkLayerAsked && System.nanoTime() > linkLayerFrom) {
        linkLayerAsked = true;
        linkLayer();
      }
      Answer answer = next(Duration.ofMillis(Math.min(LOOK_AGAIN_MILLIS, rest().toMillis())));
      if (answer != null) {
        return strongest(answer);
      }
    }
    return null;
  }

  /** Why somebody could not be asked, as where ping is missing; null when all were. */
  Failure unasked() {
    return crew.unasked();
  }

  /** Who was asked in vain, for a message. */
  String asked() {
    if (asked.isEmpty()) {
      return BroadcastPing.possible(address)
          ? "nobody answered a broadcast ping, no neighbour is known, and nobody"
          : "no neighbour is known, and nobody";
    }
    return "none of " + asked.size() + " neighbours";
  }

  /** Whether another address may be asked directly: in the subnet, or anywhere for a single one. */
  static boolean near(ProtectedAddress address, InetAddress other) {
    int whole = address.isIpv6() ? 128 : 32;
    return address.prefix() == whole
        || other.isLinkLocalAddress()
        || Addresses.sameSubnet(address.address(), other, address.prefix());
  }

  private Answer strongest(Answer first) {
    if (first.kind() == Proof.Kind.BROADCAST) {
      return first;
    }
    long since = System.nanoTime();
    Answer best = first;
    for (long left = GRACE_MILLIS; left > 0; ) {
      Answer other = next(Duration.ofMillis(left));
      if (other != null && other.kind().compareTo(best.kind()) < 0) {
        best = other;
      }
      if (best.kind() == Proof.Kind.BROADCAST) {
        return best;
      }
      long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
      left = (broadcastHeard ? HEARD_MILLIS : GRACE_MILLIS) - waited;
    }
    return best;
  }

  /** Those known before, gateways first, then whoever is known behind the interface by now. */
  private Set<InetAddress> candidates() {
    Set<InetAddress> candidates = new LinkedHashSet<>();
    for (Neighbour one : before) {
      candidates.add(one.address());
    }
    HostNetwork.Vicinity around = network.around(on.value(), address.isIpv6());
    candidates.addAll(around.gateways());
    for (InetAddress one : around.neighbours().keySet()) {
      if (near(address, one)) {
        candidates.add(one);
      }
    }
    candidates.removeIf(own());
    return candidates;
  }

  /** This host's addresses, read when somebody first wants to know. */
  private synchronized Predicate<InetAddress> own() {
    if (own == null) {
      own = network.ownAddresses();
    }
    return own;
  }

  private void echoNeighbour(InetAddress one) {
    if (asked.size() < MOST_ASKED && !one.isLinkLocalAddress()) {
      echo(one, Proof.Kind.NEIGHBOUR_ECHO);
    }
  }

  private void broadcast() {
    crew.ask(
        () -> {
          BroadcastPing ping = new BroadcastPing(runner);
          InetAddress responder = ping.firstResponder(address, on, own(), rest());
          broadcastHeard = responder != null;
          if (broadcastHeard && new Echo(runner).answers(address, responder, rest())) {
            answers.add(new Answer(Proof.Kind.BROADCAST, responder));
          }
        });
  }

  private void echo(InetAddress target, Proof.Kind kind) {
    if (asked.add(target)) {
      crew.ask(
          () -> {
            if (new Echo(runner).answers(address, target, rest())) {
              answers.add(new Answer(kind, target));
            }
          });
    }
  }

  /** A reply at the link layer counts only where the kernel would send by that very interface. */
  private void linkLayer() {
    List<InetAddress> targets = new ArrayList<>();
    for (InetAddress one : candidates()) {
      if (targets.size() < MOST_ASKED
          && network.routeDevice(routed(one), address).equals(on.value())) {
        targets.add(one);
      }
    }
    if (targets.isEmpty()) {
      return;
    }
    if (address.isIpv6()) {
      crew.ask(
          () ->
              new NdProbe(runner, network)
                  .probe(on, targets, rest(), (target, mac) -> target != null && found(target)));
      return;
    }
    ArpProbe arp = new ArpProbe(runner);
    for (InetAddress target : targets) {
      crew.ask(() -> arp.request(on, address, target, rest(), mac -> found(target)));
    }
  }

  /** A link-local gateway stands for everything behind it. */
  private static InetAddress routed(InetAddress target) {
    return target.isLinkLocalAddress() ? Addresses.parsed("2000::1") : target;
  }

  private boolean found(InetAddress target) {
    return answers.add(new Answer(Proof.Kind.LINK_LAYER, target));
  }

  private Duration rest() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  private Answer next(Duration patience) {
    try {
      return answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Kind.UNHEALTHY, "the check was interrupted", "run it again", e);
    }
  }

  /** Ends every question that is still open. */
  @Override
  public void close() {
    crew.close();
  }
}
