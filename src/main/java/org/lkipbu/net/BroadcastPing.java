package org.lkipbu.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.instance.InterfaceName;

/**
 * LifeKeeper's execute_broadcast_ping: an address works when some other system on its subnet
 * answers a broadcast ping.
 *
 * <p>The broadcast must be bound to the interface, because the kernel looks a broadcast address up
 * in its local table and would send it by whichever interface comes first. But a bound socket skips
 * the routing decision that a reply to a client takes, so the system that answered is asked again
 * without binding, and only that answer is the proof. IPv6 has no broadcast: the group of all nodes
 * ff02::1 stands for it.
 */
public final class BroadcastPing {

  private static final String ALL_NODES = "ff02::1";

  private final Echo echo;

  /** Pings with the runner's {@code ping}. */
  public BroadcastPing(CommandRunner runner) {
    this.echo = new Echo(runner);
  }

  /** Whether the address's subnet can be asked by broadcast at all; not so for IPv4 /31 and /32. */
  public static boolean possible(ProtectedAddress address) {
    return address.isIpv6() || Addresses.broadcast(address) != null;
  }

  /**
   * The first other system that answers a broadcast out of the interface, or null.
   *
   * @param own tells the addresses of this host, which answers its own broadcasts
   * @param patience how long silence is listened to
   */
  public InetAddress firstResponder(
      ProtectedAddress address, InterfaceName on, Predicate<InetAddress> own, Duration patience) {
    if (!possible(address)) {
      return null;
    }
    InetAddress[] first = new InetAddress[1];
    List<String> bound = List.of("-I", on.value(), "-I", address.host(), "-i", "0.2");
    List<String> options = bound;
    String target = ALL_NODES;
    if (!address.isIpv6()) {
      options = List.of("-b", "-I", on.value(), "-I", address.host(), "-i", "0.2");
      target = Addresses.text(Addresses.broadcast(address));
    }
    echo.ask(
        address.isIpv6(),
        options,
        target,
        patience,
        responder -> {
          // A link-local responder cannot be asked by normal routing: it needs an interface.
          if (own.test(responder) || responder.isLinkLocalAddress()) {
            return false;
          }
          first[0] = responder;
          return true;
        });
    return first[0];
  }

  /**
   * The system that answered both the broadcast and, by normal routing, an echo from the address;
   * null when there was none in time.
   *
   * @param own tells the addresses of this host
   * @param patience for both together
   */
  public InetAddress execute(
      ProtectedAddress address, InterfaceName on, Predicate<InetAddress> own, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    InetAddress responder = firstResponder(address, on, own, patience);
    if (responder == null) {
      return null;
    }
    Duration rest = Duration.ofNanos(end - System.nanoTime());
    return echo.answers(address, responder, rest) ? responder : null;
  }
}
