package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.lkipbu.instance.InterfaceName;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostNetworkTest {

  private final FakePrograms programs = new FakePrograms();
  private final HostNetwork network = new HostNetwork(programs);

  @Test
  void links_are_read_with_their_flags_and_kinds() {
    links(
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT\\"
            + "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0 numtxqueues 1",
        port("2: eth0", "UP,LOWER_UP", "master br0", "02:00:00:00:00:02", "bridge_slave state x"),
        port("3: v0@if2", "UP", "master vrf1", "02:00:00:00:00:03", "veth \\    vrf_slave table 9"),
        "4: br0: <BROADCAST,MULTICAST> mtu 1400 qdisc noqueue state DOWN mode DEFAULT\\"
            + "    link/ether 02:00:00:00:00:04 brd ff:ff:ff:ff:ff:ff promiscuity 0 \\"
            + "    bridge forward_delay 1500 hello_time 200");
    Map<String, Link> links = network.links();
    assertThat(links.keySet()).containsExactly("lo", "eth0", "v0", "br0");
    assertThat(links.get("eth0"))
        .isEqualTo(new Link("eth0", "02:00:00:00:00:02", true, true, 1500, "br0", "", false));
    assertThat(links.get("v0"))
        .isEqualTo(new Link("v0", "02:00:00:00:00:03", true, false, 1500, "vrf1", "veth", true));
    assertThat(links.get("br0"))
        .isEqualTo(new Link("br0", "02:00:00:00:00:04", false, false, 1400, "", "bridge", false));
  }

  @Nested
  class a_bridge {

    private static final String BRIDGE =
        "9: br0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT\\"
            + "    link/ether 02:00:00:00:00:04 brd ff:ff:ff:ff:ff:ff promiscuity 0 \\"
            + "    bridge forward_delay 1500";
    private static final String GUEST =
        port("8: tap0", "UP,LOWER_UP", "master br0", "02:00:00:00:00:08", "tun type tap pi off");

    @Test
    void with_a_dead_uplink_and_a_live_guest_does_not_work() {
      links(BRIDGE, GUEST, port("2: eth0", "NO-CARRIER,UP", "master br0", "02:00:00:00:00:02", ""));
      Map<String, Link> links = network.links();
      assertThat(HostNetwork.works(links.get("br0"), links)).isFalse();
    }

    @Test
    void with_a_live_uplink_works_and_its_guests_do_not_count() {
      links(BRIDGE, GUEST, port("2: eth0", "UP,LOWER_UP", "master br0", "02:00:00:00:00:02", ""));
      Map<String, Link> links = network.links();
      assertThat(HostNetwork.works(links.get("br0"), links)).isTrue();
      assertThat(HostNetwork.guestPorts(links.get("br0"), links)).containsExactly("tap0");
    }

    @Test
    void of_guests_alone_is_as_good_as_its_carrier() {
      links(BRIDGE, GUEST);
      Map<String, Link> links = network.links();
      assertThat(HostNetwork.works(links.get("br0"), links)).isTrue();
      assertThat(HostNetwork.guestPorts(links.get("br0"), links)).isEmpty();
    }
  }

  @Test
  void neighbours_that_failed_or_never_answered_are_left_out() {
    programs.answer(
        "ip -4 neigh show dev eth0",
        0,
        """
        10.0.0.1 lladdr 02:00:00:00:00:01 REACHABLE
        10.0.0.2 lladdr 02:00:00:00:00:02 router STALE
        10.0.0.3 INCOMPLETE
        10.0.0.4 lladdr 02:00:00:00:00:04 FAILED
        10.0.0.5 FAILED
        """,
        "");
    assertThat(network.neighbours("eth0", false))
        .containsExactly(
            Map.entry(Addresses.parsed("10.0.0.1"), "02:00:00:00:00:01"),
            Map.entry(Addresses.parsed("10.0.0.2"), "02:00:00:00:00:02"));
  }

  @Test
  void gateways_are_found_in_plain_multipath_and_nexthop_routes() {
    programs.answer(
        "ip -o -d -4 -force -batch - < link show\nneigh show dev eth0\n"
            + "route show table all type unicast\n",
        0,
        """
        unicast default via 10.0.0.1 dev eth0 proto static scope global linkdown
        unicast default via 10.1.0.1 dev eth1 table 7
        unicast 192.0.2.0/24 proto static \\	nexthop via 10.0.0.2 dev eth0 weight 1 \\	nexthop via 10.1.0.2 dev eth1 weight 1
        unicast 198.51.100.0/24 nhid 10 via 10.0.0.3 dev eth0
        unicast 203.0.113.0/24 via inet6 fe80::1 dev eth0
        unicast 10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.9
        """,
        "");
    assertThat(network.around("eth0", false).gateways())
        .extracting(Addresses::text)
        .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3");
  }

  @Test
  void the_device_of_a_route_is_told() {
    ProtectedAddress from = new ProtectedAddress(Addresses.parsed("10.0.0.50"), 24);
    programs.answer(
        "ip -o -4 route get 10.0.0.2 from 10.0.0.50",
        0,
        "10.0.0.2 from 10.0.0.50 dev eth1 table 8 uid 0 \\    cache \n",
        "");
    assertThat(network.routeDevice(Addresses.parsed("10.0.0.2"), from)).isEqualTo("eth1");
    programs.answer("ip -o -4 route get 10.0.0.9", 2, "", "RTNETLINK answers: ...");
    assertThat(network.routeDevice(Addresses.parsed("10.0.0.9"), from)).isEmpty();
  }

  @Test
  void own_addresses_are_those_of_every_interface() {
    programs.answer(
        "ip -o addr show",
        0,
        """
        1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever
        2: eth0    inet 10.0.0.1 peer 10.0.0.2/32 scope global eth0\\ valid_lft forever
        2: eth0    inet6 fe80::1/64 scope link \\       valid_lft forever
        """,
        "");
    Predicate<InetAddress> own = network.ownAddresses();
    for (String one : List.of("127.0.0.1", "10.0.0.1", "fe80::1")) {
      assertThat(own.test(Addresses.parsed(one))).as(one).isTrue();
    }
    for (String other : List.of("27.0.0.1", "10.0.0.2", "10.0.0.11", "e80::1", "fe80::11")) {
      assertThat(own.test(Addresses.parsed(other))).as(other).isFalse();
    }
  }

  @Test
  void one_look_around_tells_links_neighbours_and_gateways_apart() {
    programs.answer(
        "ip -o -d -6 -force -batch -",
        1,
        """
        1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT
        2: eth0@if7: <BROADCAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master br0 state UP
        fe80::1 lladdr 02:00:00:00:00:01 router REACHABLE
        fd00::7 lladdr 02:00:00:00:00:07 DELAY
        fd00::8 FAILED
        unicast default via fe80::1 dev eth0 proto ra scope global metric 1024 pref medium
        unicast fd00::/64 dev eth0 proto kernel scope global metric 256 pref medium
        """,
        "Command failed -:2\n");

    HostNetwork.Vicinity seen = network.around("eth0", true);

    assertThat(seen.links().keySet()).containsExactly("lo", "eth0");
    assertThat(seen.neighbours().keySet())
        .extracting(Addresses::text)
        .containsExactly("fe80::1", "fd00::7");
    assertThat(seen.gateways()).extracting(Addresses::text).containsExactly("fe80::1");
  }

  @Test
  void whether_an_interface_has_an_address_is_asked_of_the_kernel() {
    ProtectedAddress address = new ProtectedAddress(Addresses.parsed("fd00::50"), 64);
    programs.answer("ip -o addr show dev eth0 to fd00::50/128", 0, "2: eth0    inet6 ...\n", "");
    programs.answer("ip -o addr show dev eth1 to fd00::50/128", 0, "", "");
    assertThat(network.has(address, new InterfaceName("eth0"))).isTrue();
    assertThat(network.has(address, new InterfaceName("eth1"))).isFalse();
  }

  private void links(String... lines) {
    programs.answer("ip -o -d link show", 0, String.join("\n", lines) + "\n", "");
  }

  private static String port(String name, String flags, String master, String mac, String kind) {
    return name
        + ": <BROADCAST,MULTICAST,"
        + flags
        + "> mtu 1500 qdisc noqueue "
        + master
        + " state UP mode DEFAULT\\    link/ether "
        + mac
        + " brd ff:ff:ff:ff:ff:ff promiscuity 0 minmtu 68 \\    "
        + kind
        + " \\";
  }
}
