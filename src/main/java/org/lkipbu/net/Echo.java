package org.lkipbu.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandRunner;

/** Asks other systems by ICMP echo, with the program {@code ping} of iputils. */
final class Echo {

  private static final String FROM = " bytes from ";

  private final CommandRunner runner;

  Echo(CommandRunner runner) {
    this.runner = runner;
  }

  /**
   * Whether a system answers echo requests that leave from the address by normal routing, as every
   * reply to a client does. Binding the interface would skip the routing decision.
   *
   * @param patience how long silence is listened to
   */
  boolean answers(ProtectedAddress from, InetAddress target, Duration patience) {
    boolean[] answered = new boolean[1];
    List<String> options = List.of("-I", from.host(), "-i", "0.1");
    run(
        from.isIpv6(),
        options,
        Addresses.text(target),
        patience,
        line -> {
          answered[0] |= responder(line) != null;
          return answered[0];
        });
    return answered[0];
  }

  /** The same with a single request, whose program ends by itself. */
  boolean answersOnce(ProtectedAddress from, InetAddress target, Duration patience) {
    String wait = seconds(patience);
    List<String> argv =
        List.of(
            "ping",
            from.isIpv6() ? "-6" : "-4",
            "-n",
            "-q",
            "-c",
            "1",
            "-W",
            wait,
            "-I",
            from.host(),
            "--",
            Addresses.text(target));
    return runner.run(new Command(argv, patience.plusSeconds(2), Map.of())).ok();
  }

  /** How long ping listens, in the form that it takes. */
  static String seconds(Duration patience) {
    return Long.toString(Math.max(1, patience.toSeconds()));
  }

  /**
   * Sends echo requests with more options, and hands over the systems that answer until one is
   * enough.
   *
   * @param options of ping, beside {@code -n}
   */
  void ask(
      boolean ipv6,
      List<String> options,
      String target,
      Duration patience,
      Predicate<InetAddress> enough) {
    run(
        ipv6,
        options,
        target,
        patience,
        line -> {
          InetAddress responder = responder(line);
          return responder != null && enough.test(responder);
        });
  }

  private void run(
      boolean ipv6,
      List<String> options,
      String target,
      Duration patience,
      Predicate<String> enough) {
    if (patience.isNegative() || patience.isZero()) {
      return;
    }
    List<String> argv = new ArrayList<>(List.of("ping", ipv6 ? "-6" : "-4", "-n"));
    argv.addAll(options);
    argv.addAll(List.of("-w", Long.toString(patience.toSeconds() + 1), "--", target));
    runner.runUntil(new Command(argv, patience, Map.of()), enough);
  }

  /** The system that a line of ping's output shows a reply of, or null. */
  static InetAddress responder(String line) {
    int start = line.indexOf(FROM);
    int end = line.indexOf(": icmp_seq=");
    if (start < 0 || end < start) {
      return null;
    }
    String text = line.substring(start + FROM.length(), end);
    int zone = text.indexOf('%');
    return Addresses.parsed(zone < 0 ? text : text.substring(0, zone));
  }
}
