package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.Pinger;
import org.lkipbu.lab.Situation.Family;
import org.lkipbu.lab.Situation.Fault;
import org.lkipbu.lab.Situation.OwnAddresses;

/** What a move does and does not do to the rest of a host. */
@Tag("network")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class HostTest {

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_client_behind_a_third_interface_is_answered_before_and_after(Family family) {
    try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(family), HostTest::addContainer)) {
      String container = host.lab.added("x");
      assertThat(host.lab.answers(container, host.lab.vip())).isTrue();
      host.lab.cutCarrier("eth0");
      host.moves();
      assertThat(host.lab.answers(container, host.lab.vip())).isTrue();
      assertThat(host.lab.answers(host.lab.client(), host.lab.vip())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_client_that_never_asked_before_is_answered(Family family) {
    try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(family))) {
      // The verification needs a neighbour that the host has heard of.
      assertThat(host.lab.answers(host.lab.router(), host.lab.vip())).isTrue();
      host.lab.blackhole("eth0");
      host.moves();
      assertThat(host.lab.cached(host.lab.client(), host.lab.vip())).isEmpty();
      assertThat(host.lab.answers(host.lab.client(), host.lab.vip())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void the_host_s_own_traffic_keeps_its_source(Family family) {
    for (OwnAddresses own : List.of(OwnAddresses.BOTH, OwnAddresses.ETH0_ONLY)) {
      LabPlan plan = LabPlan.of(family).withOwn(own);
      try (ProtectedHost host = ProtectedHost.inService(plan)) {
        List<String> before = sources(host);
        assertThat(before).doesNotContain(host.lab.vip()).doesNotContain("");
        host.meets();
        host.moves();
        assertThat(sources(host)).isEqualTo(before);
        host.moves();
        assertThat(sources(host)).isEqualTo(before);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_default_route_through_a_nexthop_object_serves_the_address(Family family) {
    LabPlan plan = LabPlan.of(family).withOwn(OwnAddresses.NEITHER);
    try (ProtectedHost host = ProtectedHost.inService(plan)) {
      host.ip("route", "del", "default");
      host.ip("nexthop", "add", "id", "10", "via", host.lab.routerAddress(), "dev", "eth0");
      host.ip("route", "add", "default", "nhid", "10");
      movesThereAndBack(host);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void one_path_of_a_multipath_default_serves_the_address(Family family) {
    try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(family))) {
      host.ip("route", "del", "default");
      String router = host.lab.routerAddress();
      host.ip(
          ("route add default nexthop via " + router + " dev eth0 nexthop via " + router)
              .concat(" dev eth1")
              .split(" "));
      movesThereAndBack(host);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void routes_with_the_address_as_their_source_survive(Family family) {
    try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(family))) {
      host.ip("route", "del", "default");
      String via = host.lab.routerAddress();
      host.ip("route", "add", "default", "via", via, "dev", "eth0", "src", host.lab.vip());
      host.ip(
          "route",
          "add",
          family == Family.IPV6 ? "fd00:77::/64" : "192.168.77.0/24",
          "via",
          via,
          "dev",
          "eth1",
          "src",
          host.lab.vip(),
          "table",
          "77");
      movesThereAndBack(host);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_gateway_that_changed_since_the_address_went_into_service_is_used(Family family) {
    LabPlan plan = LabPlan.of(family).withOwn(OwnAddresses.ETH0_ONLY);
    try (ProtectedHost host = ProtectedHost.inService(plan)) {
      String other = host.moveGateway();
      host.ip("route", "replace", "default", "via", other, "dev", "eth0");
      assertThat(host.lab.answers(host.lab.far(), host.lab.vip())).isTrue();
      host.lab.blackhole("eth0");
      host.moves();
      assertThat(host.lab.answers(host.lab.far(), host.lab.vip())).isTrue();
    }
  }

  @Test
  void the_manager_of_an_interface_can_add_its_default_route_again() {
    LabPlan plan = LabPlan.of(Family.IPV4).withOwn(OwnAddresses.NEITHER);
    try (ProtectedHost host = ProtectedHost.inService(plan)) {
      host.meets();
      host.moves();
      assertThat(host.ip("route", "show", "default")).contains("dev eth1").contains("proto 108");
      host.ip("route", "add", "default", "via", host.lab.routerAddress(), "dev", "eth1");
      assertThat(host.lab.answers(host.lab.far(), host.lab.vip())).isTrue();
      host.moves();
      assertThat(host.ip("route", "show", "default")).contains("dev eth0").doesNotContain("108");
      assertThat(host.lab.answers(host.lab.far(), host.lab.vip())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void the_host_s_own_rules_stay_as_they_are(Family family) {
    try (ProtectedHost host =
        ProtectedHost.inService(LabPlan.of(family), HostTest::addHostsOwnRules)) {
      host.meets();
      List<String> before = foreignRules(host);
      host.moves();
      assertThat(foreignRules(host)).isEqualTo(before);
      assertThat(host.ip("rule", "show").lines().filter(line -> line.endsWith("proto 108")))
          .hasSize(3)
          .allMatch(line -> Integer.parseInt(line.split(":")[0]) < 90);
      assertThat(host.lab.answers(host.lab.client(), host.lab.vip())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void an_address_that_another_machine_took_meanwhile_is_not_taken_back(Family family) {
    try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(family))) {
      host.meets();
      host.lab.environment().remove("NOIPUNIQUE");
      host.lab.cutCarrier("eth0");
      host.lab.addMachine("t", host.lab.vipAndPrefix());
      CommandResult refused = host.lab.lkipbu("-m", "-t", ProtectedHost.TAG);
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(10);
      assertThat(host.interfacesOfAddress()).isEqualTo("eth0");
      assertThat(host.storedInfo()).isEqualTo(host.info("eth0", "eth1"));
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void of_two_protected_addresses_one_moves_alone(Family family) {
    LabPlan plan = LabPlan.of(family).withOwn(OwnAddresses.NEITHER);
    try (ProtectedHost host = ProtectedHost.inService(plan)) {
      String second = family == Family.IPV6 ? "fd00:10::60/64" : "10.0.0.60/24";
      String plain = second.substring(0, second.indexOf('/'));
      host.succeeds(host.lab.ipaction("restore", second, "eth0"));
      host.meets();
      assertThat(host.lab.answers(host.lab.far(), plain)).isTrue();
      host.moves();
      for (String client : List.of(host.lab.client(), host.lab.far())) {
        assertThat(host.lab.answers(client, plain)).as("the one that stayed").isTrue();
        assertThat(host.lab.answers(client, host.lab.vip())).as("the one that moved").isTrue();
      }
      assertThat(host.ip("-o", "addr", "show", "dev", "eth0")).contains(second);
      host.succeeds(host.lab.ipaction("check", second, "eth0"));
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void other_addresses_stay_in_order_when_the_first_of_their_subnet_moves(Family family) {
    for (String promote : List.of("0", "1")) {
      try (ProtectedHost host =
          ProtectedHost.inService(
              LabPlan.of(family).withOwn(OwnAddresses.NEITHER),
              bare -> bare.configuresFirst(promote))) {
        List<String> others = otherAddresses(host);
        assertThat(others).hasSize(3);
        host.meets();
        host.moves();
        assertThat(otherAddresses(host)).isEqualTo(others);
        assertThat(host.lab.answers(host.lab.far(), host.lab.vip())).isTrue();
        if (family == Family.IPV4) {
          assertThat(host.promoteSecondaries()).isEqualTo(promote);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_more_specific_route_of_the_dead_interface_is_followed_on_the_new_one(Family family) {
    LabPlan plan = LabPlan.of(family).withOwn(OwnAddresses.BOTH);
    try (ProtectedHost host = ProtectedHost.inService(plan)) {
      // The default leads nowhere: only the second route reaches the far client.
      host.ip("route", "replace", "default", "via", host.lab.clientAddress(), "dev", "eth0");
      host.ip("route", "add", host.farNetwork(), "via", host.lab.routerAddress(), "dev", "eth0");
      assertThat(host.lab.answers(host.lab.far(), host.lab.vip())).isTrue();
      host.lab.apply(Fault.CARRIER_LOST, "eth0");
      host.moves();
      assertThat(host.lab.answers(host.lab.far(), host.lab.vip())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void ten_times_there_and_back_leave_no_trace(Family family) {
    for (OwnAddresses own : OwnAddresses.values()) {
      try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(family).withOwn(own))) {
        host.meets();
        String before = picture(host);
        for (int i = 0; i < 10; i++) {
          host.succeeds(host.lab.ipaction("move", host.lab.vipAndPrefix(), "eth0", "eth1"));
          host.succeeds(host.lab.ipaction("move", host.lab.vipAndPrefix(), "eth1", "eth0"));
        }
        assertThat(picture(host)).isEqualTo(before);
        assertThat(host.lab.answers(host.lab.far(), host.lab.vip())).isTrue();
      }
    }
  }

  @Test
  void taking_the_address_out_of_service_leaves_no_trace() {
    for (Family family : Family.values()) {
      try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(family))) {
        host.succeeds(host.lab.ipaction("remove", host.lab.vipAndPrefix(), "eth0"));
        String before = picture(host);
        assertThat(before).doesNotContain(host.lab.vip()).doesNotContain("108");
        host.succeeds(host.lab.ipaction("restore", host.lab.vipAndPrefix(), "eth0"));
        host.succeeds(host.lab.ipaction("move", host.lab.vipAndPrefix(), "eth0", "eth1"));
        host.succeeds(host.lab.ipaction("remove", host.lab.vipAndPrefix(), "eth1"));
        assertThat(picture(host)).isEqualTo(before);
      }
    }
  }

  @Test
  void bridges_and_macvlans_are_ordinary_interfaces() {
    try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(Family.IPV4))) {
      host.meets();
      host.ip("link", "add", "br7", "type", "bridge", "forward_delay", "0");
      host.ip("addr", "flush", "dev", "eth1");
      host.ip("link", "set", "eth1", "master", "br7");
      host.ip("link", "set", "br7", "up");
      host.ip("link", "add", "mv7", "link", "eth0", "type", "macvlan", "mode", "bridge");
      host.ip("link", "set", "mv7", "up");
      for (String backup : List.of("br7", "mv7")) {
        host.succeeds(host.lab.lkipbu("-r", "-t", ProtectedHost.TAG, "-f", host.backup()));
        host.succeeds(host.lab.lkipbu("-a", "-t", ProtectedHost.TAG, "-f", backup));
        host.moves();
        assertThat(host.interfacesOfAddress()).isEqualTo(backup);
        assertThat(host.lab.answers(host.lab.client(), host.lab.vip())).as(backup).isTrue();
      }
    }
  }

  /** The recipe of ipaction(8), section CAVEATS. */
  @Test
  void a_service_behind_nat_is_answered_with_the_documented_marks() throws Exception {
    try (ProtectedHost host =
        ProtectedHost.inService(LabPlan.of(Family.IPV4), HostTest::addContainer)) {
      host.meets();
      host.lab.sysctl(host.lab.host(), "net.ipv4.ip_forward", "1");
      host.nft(
          "table ip web { chain pre {",
          "type nat hook prerouting priority dstnat;",
          "ip daddr " + host.lab.vip() + " tcp dport 80 dnat to 172.17.0.5:8080",
          "}",
          "}");
      assertThat(sendsThroughNat(host)).isTrue();
      host.lab.cutCarrier("eth0");
      host.moves();
      assertThat(sendsThroughNat(host)).as("what needs the recipe").isFalse();
      host.nft(
          "table ip lkipbu-nat { chain prerouting {",
          "type filter hook prerouting priority mangle;",
          "ip daddr " + host.lab.vip() + " ct mark set 0x6c",
          "ct direction reply ct mark 0x6c meta mark set 0x6c",
          "}",
          "}");
      String table = host.addressTable();
      host.ip(
          ("rule add pref 111 fwmark 0x6c lookup " + table + " suppress_prefixlength 0")
              .split(" "));
      host.ip("rule add pref 112 fwmark 0x6c lookup main suppress_prefixlength 0".split(" "));
      host.ip(("rule add pref 113 fwmark 0x6c lookup " + table).split(" "));
      assertThat(sendsThroughNat(host)).isTrue();
    }
  }

  @Test
  void an_open_connection_survives_ten_moves_in_a_row() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(Family.IPV4))) {
      host.meets();
      List<Process> peers = new ArrayList<>();
      try {
        Process server = host.tcp(host.lab.host(), "server", host.lab.vip(), "7777");
        peers.add(server);
        var heard = server.inputReader();
        assertThat(heard.readLine()).isEqualTo("listening");
        Process client = host.tcp(host.lab.client(), "client", host.lab.vip(), "7777", "10");
        peers.add(client);
        for (int i = 0; i < 10; i++) {
          host.moves();
        }
        String sent = client.inputReader().readLine();
        assertThat(sent).startsWith("bytes ");
        assertThat(heard.readLine()).isEqualTo(sent);
      } finally {
        peers.forEach(Process::destroyForcibly);
      }
    }
  }

  @Test
  void the_gap_of_a_planned_move_is_short() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(Family.IPV4))) {
      host.meets();
      try (Pinger pinger = host.lab.pinger(host.lab.client(), host.lab.vip())) {
        assertThat(pinger.awaitReplies(20, Duration.ofSeconds(5))).isTrue();
        host.moves();
        assertThat(pinger.awaitReplies(20, Duration.ofSeconds(5))).isTrue();
        // The kernel needs milliseconds; a busy machine gets the rest.
        assertThat(pinger.longestGap()).isLessThan(Duration.ofMillis(900));
      }
    }
  }

  /** Whether a client reaches the service in the container through the protected address. */
  private static boolean sendsThroughNat(ProtectedHost host) throws Exception {
    Process server = host.tcp(host.lab.added("x"), "server", "172.17.0.5", "8080");
    try {
      assertThat(server.inputReader().readLine()).isEqualTo("listening");
      Process client = host.tcp(host.lab.client(), "client", host.lab.vip(), "80", "0");
      return client.waitFor(8, TimeUnit.SECONDS) && client.exitValue() == 0;
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private static void movesThereAndBack(ProtectedHost host) {
    host.refresh("eth0");
    host.meets();
    String before = picture(host);
    host.moves();
    assertThat(host.lab.answers(host.lab.client(), host.lab.vip())).isTrue();
    assertThat(host.lab.answers(host.lab.far(), host.lab.vip())).isTrue();
    host.moves();
    assertThat(host.lab.answers(host.lab.far(), host.lab.vip())).isTrue();
    assertThat(picture(host)).isEqualTo(before);
  }

  private static ProtectedHost addContainer(ProtectedHost host) {
    boolean ipv6 = host.lab.vip().contains(":");
    String inside = ipv6 ? "fd00:17::5/64" : "172.17.0.5/24";
    String gateway = ipv6 ? "fd00:17::1" : "172.17.0.1";
    host.lab.addContainer("x", inside, gateway);
    return host;
  }

  private static ProtectedHost addHostsOwnRules(ProtectedHost host) {
    host.ip("rule", "add", "pref", "90", "to", host.farNetwork(), "lookup", "main");
    host.ip("rule", "add", "pref", "40", "fwmark", "7", "iif", "eth1", "lookup", "55");
    host.ip("rule", "add", "pref", "20000", "from", host.lab.clientAddress(), "lookup", "56");
    return host;
  }

  private static List<String> foreignRules(ProtectedHost host) {
    return host.ip("rule", "show").lines().filter(line -> !line.endsWith("proto 108")).toList();
  }

  /** The source that the kernel chooses for the host's own packets to near and far. */
  private static List<String> sources(ProtectedHost host) {
    List<String> sources = new ArrayList<>();
    for (String target : List.of(host.lab.clientAddress(), host.lab.farAddress())) {
      String route = host.ip("route", "get", target);
      int at = route.indexOf(" src ");
      sources.add(at < 0 ? "" : route.substring(at + 5).split(" ")[0]);
    }
    return sources;
  }

  private static List<String> otherAddresses(ProtectedHost host) {
    host.settles();
    return host.ip("-o", "addr", "show", "dev", "eth0", "scope", "global")
        .lines()
        .filter(line -> !line.contains(host.lab.vip() + "/"))
        .map(line -> line.replace(" secondary", "").replaceAll("\\s+", " ").strip())
        .toList();
  }

  /** Addresses, routes and rules as programs see them, less what only time changes. */
  private static String picture(ProtectedHost host) {
    host.settles();
    StringBuilder picture = new StringBuilder();
    for (String family : List.of("-4", "-6")) {
      for (String what : List.of("addr", "route show table all", "rule")) {
        picture.append(
            host.lab.ok(host.lab.host(), ("ip -j " + family + " " + what).split(" ")).strip());
        picture.append('\n');
      }
    }
    return picture.toString().replaceAll("\"expires\":[0-9]+,?", "");
  }
}
