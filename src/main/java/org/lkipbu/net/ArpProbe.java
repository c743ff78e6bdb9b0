package org.lkipbu.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;

/**
 * Asks by ARP who holds an IPv4 address.
 *
 * <p>Debian has two packages with a program {@code arping}, of iputils and by Thomas Habets, whose
 * options differ; {@code arping -V} tells them apart. The second ends a line only when the next
 * begins, so it is told to end after one reply.
 */
final class ArpProbe {

  /** Which arping this host has. */
  enum Flavour {
    IPUTILS,
    HABETS,
    NONE
  }

  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int MAC_LENGTH = 17;

  private final CommandRunner runner;
  private volatile Flavour flavour;

  ArpProbe(CommandRunner runner) {
    this.runner = runner;
  }

  /** Which arping this host has; asked once. */
  Flavour flavour() {
    if (flavour == null) {
      flavour = detect();
    }
    return flavour;
  }

  /**
   * Sends probes with sender 0.0.0.0, which change nobody's cache (RFC 5227), until an answer is
   * enough or time is up.
   *
   * @param enough gets the link-layer address of each that answers, lower case with colons
   */
  void probe(InterfaceName out, InetAddress target, Duration patience, Predicate<String> enough) {
    String address = Addresses.text(target);
    String count = Long.toString(patience.toSeconds() + 1);
    List<String> argv =
        flavour() == Flavour.HABETS
            ? List.of("arping", "-0", "-C", "1", "-c", count, "-i", out.value(), address)
            : List.of("arping", "-D", "-c", count, "-w", count, "-I", out.value(), address);
    ask(argv, patience, enough);
  }

  /** The same with the protected address as the sender, where it is configured on the interface. */
  void request(
      InterfaceName out,
      ProtectedAddress from,
      InetAddress target,
      Duration patience,
      Predicate<String> enough) {
    String address = Addresses.text(target);
    String count = Long.toString(patience.toSeconds() + 1);
    List<String> argv =
        flavour() == Flavour.HABETS
            ? List.of(
                "arping", "-S", from.host(), "-C", "1", "-c", count, "-i", out.value(), address)
            : List.of(
                "arping", "-s", from.host(), "-c", count, "-w", count, "-I", out.value(), address);
    ask(argv, patience, enough);
  }

  private void ask(List<String> argv, Duration patience, Predicate<String> enough) {
    if (flavour() == Flavour.NONE) {
      return;
    }
    runner.runUntil(
        new Command(argv, patience, Map.of()),
        line -> {
          String mac = responder(line);
          return mac != null && enough.test(mac);
        });
  }

  /**
   * The link-layer address in a line that shows a reply, or null. iputils: {@code Unicast reply
   * from 10.0.0.2 [AA:...] 0.5ms}; Habets: {@code 42 bytes from aa:... (10.0.0.2): index=0 ...}.
   */
  static String responder(String line) {
    String text = line.toLowerCase(Locale.ROOT);
    int start = -1;
    if (text.contains("reply from ")) {
      start = text.indexOf('[') + 1;
    } else if (text.contains(" bytes from ")) {
      start = text.indexOf(" bytes from ") + " bytes from ".length();
    }
    if (start <= 0 || start + MAC_LENGTH > text.length()) {
      return null;
    }
    String mac = text.substring(start, start + MAC_LENGTH);
    for (int i = 0; i < MAC_LENGTH; i++) {
      char c = mac.charAt(i);
      if (i % 3 == 2 ? c != ':' : Character.digit(c, 16) < 0) {
        return null;
      }
    }
    return mac;
  }

  private Flavour detect() {
    CommandResult version;
    try {
      version = runner.run(Command.of(LIMIT, "arping", "-V"));
    } catch (Failure notInstalled) {
      return Flavour.NONE;
    }
    String text = version.out() + version.err();
    if (text.contains("iputils")) {
      return Flavour.IPUTILS;
    }
    return text.contains("ARPing") || text.contains("Habets") ? Flavour.HABETS : Flavour.NONE;
  }
}
