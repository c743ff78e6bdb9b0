package org.lkipbu.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Predicate;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.instance.InterfaceName;

/**
 * What the kernel knows of this host's network, read with {@code ip}. Its plain text is parsed word
 * by word: the first touch of a JSON parser costs more than all of these calls.
 */
final class HostNetwork {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final CommandRunner runner;

  HostNetwork(CommandRunner runner) {
    this.runner = runner;
  }

  /** Every interface by its name, in the kernel's order. */
  Map<String, Link> links() {
    Map<String, Link> links = new LinkedHashMap<>();
    for (String line : lines("ip", "-o", "-d", "link", "show")) {
      addLink(line, links);
    }
    return links;
  }

  private static void addLink(String line, Map<String, Link> links) {
    Link link = link(line);
    if (link != null) {
      links.put(link.name(), link);
    }
  }

  /**
   * Every address of this host, on whichever interface, as a question. There may be thousands, of
   * which few are asked for, so what ip said is searched and not taken apart.
   */
  Predicate<InetAddress> ownAddresses() {
    CommandResult result = run("ip", "-o", "addr", "show");
    String said = result.ok() ? result.out() : "";
    return address -> {
      String start = " inet" + (address instanceof Inet6Address ? "6 " : " ");
      String text = start + Addresses.text(address);
      return said.contains(text + "/") || said.contains(text + " peer ");
    };
  }

  /** Whether an address is configured on an interface, with whatever prefix length. */
  boolean has(ProtectedAddress address, InterfaceName on) {
    String alone = address.host() + "/" + (address.isIpv6() ? 128 : 32);
    return !lines("ip", "-o", "addr", "show", "dev", on.value(), "to", alone).isEmpty();
  }

  /**
   * The systems that this host has heard from on an interface, and still believes in, with their
   * link-layer addresses. States of the kernel's neighbour table: FAILED and INCOMPLETE are left
   * out, STALE is believed.
   */
  Map<InetAddress, String> neighbours(String on, boolean ipv6) {
    Map<InetAddress, String> live = new LinkedHashMap<>();
    for (String line : lines("ip", ipv6 ? "-6" : "-4", "neigh", "show", "dev", on)) {
      addNeighbour(line, live);
    }
    return live;
  }

  private static void addNeighbour(String line, Map<InetAddress, String> live) {
    String[] words = words(line);
    String mac = after(words, "lladdr");
    String state = words.length == 0 ? "" : words[words.length - 1];
    InetAddress address = words.length == 0 ? null : Addresses.parsed(words[0]);
    if (address != null && mac != null && !state.equals("FAILED") && !state.equals("NOARP")) {
      live.put(address, mac);
    }
  }

  /**
   * What is seen from one interface.
   *
   * @param links every interface by its name, as {@link #links}
   * @param neighbours as {@link #neighbours}
   * @param gateways those of all routes of the family that leave by it, multipath ones too
   */
  record Vicinity(
      Map<String, Link> links, Map<InetAddress, String> neighbours, Set<InetAddress> gateways) {}

  /**
   * Looks around from an interface, in one family. One ip reads all of it, and prints of the routes
   * only those that can have a gateway: with a thousand addresses there are thousands of others.
   */
  Vicinity around(String on, boolean ipv6) {
    String questions = "link show\nneigh show dev " + on + "\nroute show table all type unicast\n";
    // With -force a missing interface does not keep the routes from being read.
    List<String> argv = List.of("ip", "-o", "-d", ipv6 ? "-6" : "-4", "-force", "-batch", "-");
    CommandResult result = runner.run(new Command(argv, LIMIT, Map.of(), questions));
    Vicinity seen =
        new Vicinity(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>());
    for (String line : lines(result.out())) {
      if (line.startsWith("unicast ")) {
        addGateways(line, on, seen.gateways);
      } else if (line.indexOf(": <") > 0) {
        addLink(line, seen.links);
      } else {
        addNeighbour(line, seen.neighbours);
      }
    }
    return seen;
  }

  private static void addGateways(String line, String on, Set<InetAddress> gateways) {
    if (!line.contains(" via ")) {
      return;
    }
    InetAddress via = null;
    String[] words = words(line);
    for (int i = 0; i + 1 < words.length; i++) {
      if (words[i].equals("nexthop")) {
        via = null;
      } else if (words[i].equals("via")) {
        via = Addresses.parsed(words[i + 1]);
      } else if (words[i].equals("dev") && via != null && words[i + 1].equals(on)) {
        gateways.add(via);
      }
    }
  }

  /**
   * The interface by which the kernel would send what the address says to a target; empty when it
   * would not.
   */
  String routeDevice(InetAddress target, ProtectedAddress from) {
    String family = from.isIpv6() ? "-6" : "-4";
    CommandResult result =
        run("ip", "-o", family, "route", "get", Addresses.text(target), "from", from.host());
    String device = result.ok() ? after(words(result.out()), "dev") : null;
    return device == null ? "" : device;
  }

  /**
   * Whether an interface can carry anything: it is up and has carrier, and, when it is a bridge
   * with uplinks, one of these works. A bridge is up while any port is, a virtual machine's too, so
   * its own carrier says nothing about the network outside.
   */
  static boolean works(Link link, Map<String, Link> all) {
    if (!link.works()) {
      return false;
    }
    if (!link.kind().equals("bridge")) {
      return true;
    }
    boolean uplinks = false;
    for (Link port : all.values()) {
      if (port.master().equals(link.name()) && !port.guestPort()) {
        uplinks = true;
        if (port.works()) {
          return true;
        }
      }
    }
    return !uplinks;
  }

  /** The ports of a bridge on which an answer comes from a guest of this host, not from outside. */
  static Set<String> guestPorts(Link bridge, Map<String, Link> all) {
    Set<String> guests = new HashSet<>();
    boolean uplinks = false;
    for (Link port : all.values()) {
      if (port.master().equals(bridge.name())) {
        if (port.guestPort()) {
          guests.add(port.name());
        } else {
          uplinks = true;
        }
      }
    }
    return uplinks ? guests : Set.of();
  }

  /** The port of a bridge on which each link-layer address was last seen. */
  Map<String, String> learnt(String bridge) {
    Map<String, String> ports = new HashMap<>();
    for (String line : lines("bridge", "fdb", "show", "br", bridge)) {
      String[] words = words(line);
      String port = after(words, "dev");
      if (port != null) {
        ports.put(words[0], port);
      }
    }
    return ports;
  }

  private static Link link(String line) {
    String[] words = words(line);
    if (words.length < 3 || !words[1].endsWith(":")) {
      return null;
    }
    String name = words[1].substring(0, words[1].length() - 1);
    int at = name.indexOf('@');
    String flags = words[2];
    boolean up = has(flags, "UP");
    boolean carrier = has(flags, "LOWER_UP");
    String mac = after(words, "link/ether");
    String mtu = after(words, "mtu");
    String master = after(words, "master");
    return new Link(
        at < 0 ? name : name.substring(0, at),
        mac == null ? "" : mac,
        up,
        carrier,
        mtu == null ? 0 : Integer.parseInt(mtu),
        master == null ? "" : master,
        kind(line),
        line.contains(" vrf_slave "));
  }

  private static boolean has(String flags, String wanted) {
    StringTokenizer tokens = new StringTokenizer(flags, "<,>");
    while (tokens.hasMoreTokens()) {
      if (tokens.nextToken().equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** The first word of the part that ip prints for the driver, which hardware does not have. */
  private static String kind(String line) {
    String[] parts = line.split("\\\\");
    for (int i = 2; i < parts.length; i++) {
      String[] words = words(parts[i]);
      if (words.length > 0 && !words[0].endsWith("_slave") && !words[0].equals("altname")) {
        return words[0].equals("addrgenmode") ? "" : words[0];
      }
    }
    return "";
  }

  private static String after(String[] words, String key) {
    for (int i = 0; i + 1 < words.length; i++) {
      if (words[i].equals(key)) {
        return words[i + 1];
      }
    }
    return null;
  }

  private static String[] words(String line) {
    StringTokenizer tokens = new StringTokenizer(line, " \t\n");
    String[] words = new String[tokens.countTokens()];
    for (int i = 0; i < words.length; i++) {
      words[i] = tokens.nextToken();
    }
    return words;
  }

  private List<String> lines(String... argv) {
    CommandResult result = run(argv);
    return lines(result.ok() ? result.out() : "");
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    StringTokenizer tokens = new StringTokenizer(text, "\n");
    while (tokens.hasMoreTokens()) {
      lines.add(tokens.nextToken());
    }
    return lines;
  }

  private CommandResult run(String... argv) {
    return runner.run(Command.of(LIMIT, argv));
  }

  /** Whether an address is of the family that is asked for. */
  static boolean family(InetAddress address, boolean ipv6) {
    return address instanceof Inet6Address == ipv6;
  }
}
