package org.lkipbu.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lkipbu.net.ProtectedAddress;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChecksTest {

  private static final Patient PATIENT = patient("10.0.0.50", Optional.of("eth1"), true, false);
  private static final Patient IPV6 = patient("2001:db8::50", Optional.of("eth1"), true, false);

  private final FakeFacts host = new FakeFacts();

  @Nested
  class Missing_programs {

    private final Check check = new MissingPrograms();

    @Test
    void are_none_where_all_are_there() {
      assertThat(check.look(host, List.of(PATIENT, IPV6))).isEmpty();
    }

    @Test
    void come_with_the_package_that_has_them() {
      host.programs.removeAll(List.of("arping", "logger"));

      List<Finding> found = check.look(host, List.of(PATIENT));

      assertThat(found).extracting(Finding::hurts).containsExactly(false, true);
      assertThat(found.get(1).cure()).isEqualTo("apt-get install iputils-arping");
    }

    @Test
    void are_asked_for_by_what_the_addresses_need() {
      host.programs.removeAll(List.of("arping", "ndptool"));

      assertThat(check.look(host, List.of(IPV6)))
          .singleElement()
          .extracting(Finding::what)
          .asString()
          .startsWith("ndptool");
    }
  }

  @Nested
  class The_other_arping {

    @Test
    void is_noted_and_that_of_iputils_is_not() {
      assertThat(new OtherArping().look(host, List.of())).isEmpty();
      host.outputs.put("arping -V", "ARPing 2.23, by Thomas Habets");
      assertNote(new OtherArping().look(host, List.of()), "not that of iputils");
      host.programs.remove("arping");
      assertThat(new OtherArping().look(host, List.of())).isEmpty();
    }
  }

  @Nested
  class A_backup {

    @Test
    void that_is_ready_is_well() {
      assertThat(new BackupNotReady().look(host, List.of(PATIENT))).isEmpty();
    }

    @Test
    void that_is_missing_or_dead_hurts() {
      host.dead.add("eth1");
      assertHurts(new BackupNotReady().look(host, List.of(PATIENT)), "has no link");
      Patient alone = patient("10.0.0.50", Optional.empty(), true, false);
      assertHurts(new BackupNotReady().look(host, List.of(alone)), "no backup interface");
    }

    @Test
    void with_a_smaller_MTU_hurts_and_a_larger_one_does_not() {
      host.mtus.put("eth1", 1400);
      assertHurts(new SmallerMtu().look(host, List.of(PATIENT)), "the MTU of eth1 is 1400");
      host.mtus.put("eth1", 9000);
      assertThat(new SmallerMtu().look(host, List.of(PATIENT))).isEmpty();
    }

    @Test
    void in_a_vrf_hurts() {
      host.outputs.put(
          "ip -o -d link show dev eth1",
          "3: eth1: <UP> mtu 1500 master red state UP \\    vrf_slave table 10 numtxqueues 1");
      assertHurts(new VrfMember().look(host, List.of(PATIENT)), "belongs to a VRF");
    }
  }

  @Nested
  class A_shared_fate {

    @Test
    void is_not_that_of_two_cards_or_of_two_veths() {
      link("eth0", "2: eth0: <UP> mtu 1500 switchid 01");
      link("eth1", "3: eth1: <UP> mtu 1500 switchid 02");
      assertThat(look()).isEmpty();
      link("eth0", "2: eth0@if3: <UP> mtu 1500 \\    veth numtxqueues 1");
      link("eth1", "3: eth1@if3: <UP> mtu 1500 \\    veth numtxqueues 1");
      assertThat(look()).isEmpty();
    }

    @Test
    void is_that_of_two_ports_of_one_bridge() {
      link("eth0", "2: eth0: <UP> mtu 1500 master br0 state UP");
      link("eth1", "3: eth1: <UP> mtu 1500 master br0 state UP");
      assertHurts(look(), "ports of br0");
    }

    @Test
    void is_that_of_a_card_and_of_what_is_made_on_top_of_it() {
      link("eth0", "2: eth0: <UP> mtu 1500");
      link("eth1", "3: eth1@eth0: <UP> mtu 1500 \\    macvlan mode bridge");
      assertHurts(look(), "share the cable of eth0");
    }

    @Test
    void on_one_switch_chip_is_worth_a_note() {
      link("eth0", "2: eth0: <UP> mtu 1500 switchid e41d2d");
      link("eth1", "3: eth1: <UP> mtu 1500 switchid e41d2d");
      assertNote(look(), "one switch chip, e41d2d");
    }

    private void link(String name, String line) {
      host.outputs.put("ip -o -d link show dev " + name, line);
    }

    private List<Finding> look() {
      return new SharedFate().look(host, List.of(PATIENT));
    }
  }

  @Nested
  class Nobody_to_ask {

    private static final String PING =
        "ping -n -c 2 -i 0.2 -w 1 -b -I 10.0.0.50 -I eth0 10.0.0.255";

    private void address() {
      host.outputs.put(
          "ip -o -4 addr show dev eth0",
          "2: eth0    inet 10.0.0.50/24 brd 10.0.0.255 scope global secondary eth0");
      host.outputs.put("ip -o addr show", "2: eth0    inet 10.0.0.10/24 brd 10.0.0.255");
    }

    @Test
    void is_not_the_case_where_somebody_answers() {
      address();
      host.outputs.put(PING, "64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.1 ms");
      assertThat(look(false, PATIENT)).isEmpty();
    }

    @Test
    void is_the_case_where_only_this_host_answers() {
      address();
      host.outputs.put(PING, "64 bytes from 10.0.0.10: icmp_seq=1 ttl=64 time=0.1 ms");
      assertHurts(look(false, PATIENT), "no neighbour is known");
    }

    @Test
    void is_worth_a_note_where_neighbours_can_be_asked_instead() {
      address();
      host.outputs.put("ip -4 neigh show dev eth0", "10.0.0.2 lladdr 02:00:00:00:00:02 STALE");
      assertNote(look(false, PATIENT), "neighbours that are known are asked");
      assertHurts(look(true, PATIENT), "nothing else counts");
    }

    @Test
    void is_asked_of_IPv6_by_all_nodes() {
      host.outputs.put(
          "ping -n -c 2 -i 0.2 -w 1 -6 -I eth0 ff02::1",
          "64 bytes from fe80::2%eth0: icmp_seq=1 ttl=64 time=0.1 ms");
      assertThat(look(false, IPV6)).isEmpty();
    }

    @Test
    void is_of_no_account_with_a_ping_list_or_out_of_service() {
      assertThat(look(false, patient("10.0.0.50", Optional.of("eth1"), true, true))).isEmpty();
      assertThat(look(false, patient("10.0.0.50", Optional.of("eth1"), false, false))).isEmpty();
    }

    @Test
    void is_chosen_where_pings_are_turned_off() {
      assertNote(new NobodyToAsk(false, true).look(host, List.of(PATIENT)), "NOBCASTPING=1");
    }

    private List<Finding> look(boolean strict, Patient patient) {
      return new NobodyToAsk(strict, false).look(host, List.of(patient));
    }
  }

  @Nested
  class Systemd_networkd {

    private static final String ACTIVE = "systemctl is-active systemd-networkd.service";

    @Test
    void that_does_not_run_does_nothing() {
      host.outputs.put(ACTIVE, "inactive\n");
      assertThat(look()).isEmpty();
    }

    @Test
    void removes_rules_and_routes_unless_both_settings_say_no() {
      host.outputs.put(ACTIVE, "active\n");
      assertThat(look()).hasSize(2).allMatch(Finding::hurts);
      host.files.put("/etc/systemd/networkd.conf", "[Network]\n#ManageForeignRoutes=no\n");
      assertThat(look()).hasSize(2);
      host.files.put(
          "/etc/systemd/networkd.conf.d/10-x.conf",
          "[Network]\nManageForeignRoutingPolicyRules=no\nManageForeignRoutes = no\n");
      assertThat(look()).isEmpty();
      host.files.put(
          "/etc/systemd/networkd.conf.d/20-y.conf", "[Network]\nManageForeignRoutes=yes");
      assertHurts(look(), "ManageForeignRoutes is yes");
    }

    private List<Finding> look() {
      return new NetworkdSettings().look(host, List.of(PATIENT));
    }
  }

  @Nested
  class NetworkManager {

    @Test
    void hurts_where_it_manages_an_interface_of_ours() {
      assertThat(look()).isEmpty();
      host.programs.add("nmcli");
      host.outputs.put("nmcli", "eth0:connected\neth1:unmanaged\neth10:connected\n");
      assertHurts(look(), "NetworkManager manages it");
      assertThat(look().get(0).about()).isEqualTo("eth0");
      assertThat(look().get(0).cure()).contains("unmanaged-devices+=interface-name:eth0");
    }

    private List<Finding> look() {
      return new NetworkManagerDevices().look(host, List.of(PATIENT));
    }
  }

  @Nested
  class The_packet_filter {

    @Test
    void that_is_empty_is_well() {
      assertThat(new BehindDnat().look(host, List.of())).isEmpty();
      assertThat(new DroppedIcmp().look(host, List.of())).isEmpty();
    }

    @Test
    void hurts_by_destination_NAT_without_marks() {
      rules("tcp dport 80 dnat to 172.17.0.5:8080");
      assertHurts(new BehindDnat().look(host, List.of()), "destination NAT");
      rules("tcp dport 80 dnat to 172.17.0.5:8080\nip daddr 10.0.0.50 ct mark set 0x6c");
      assertThat(new BehindDnat().look(host, List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "icmp type echo-request counter packets 0 bytes 0 drop",
          "meta l4proto icmp reject",
          "type filter hook input priority filter; policy drop;",
          "type filter hook output priority filter; policy drop;\nct state established accept"
        })
    void hurts_by_dropping_pings(String text) {
      rules(text);
      assertThat(new DroppedIcmp().look(host, List.of())).singleElement().matches(Finding::hurts);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "type filter hook input priority filter; policy drop;\nct state established,related accept",
          "type filter hook input priority filter; policy drop;\nicmp type echo-reply accept",
          "type filter hook forward priority filter; policy drop;",
          "tcp dport 23 drop"
        })
    void is_well_where_pings_come_through(String text) {
      rules(text);
      assertThat(new DroppedIcmp().look(host, List.of())).isEmpty();
    }

    private void rules(String text) {
      host.outputs.put("nft list ruleset", text);
    }
  }

  @Nested
  class Settings_of_the_kernel {

    @Test
    void are_worth_a_note_each() {
      assertThat(new ReversePath().look(host, List.of(PATIENT))).isEmpty();
      assertThat(new LostSecondaries().look(host, List.of(PATIENT))).isEmpty();
      host.files.put("/proc/sys/net/ipv4/conf/all/rp_filter", "0\n");
      host.files.put("/proc/sys/net/ipv4/conf/eth1/rp_filter", "1\n");
      host.files.put("/proc/sys/net/ipv4/conf/all/promote_secondaries", "0\n");
      host.files.put("/proc/sys/net/ipv4/conf/eth0/promote_secondaries", "0\n");
      host.files.put("/proc/sys/net/ipv4/conf/eth1/promote_secondaries", "1\n");

      assertNote(new ReversePath().look(host, List.of(PATIENT)), "rp_filter is 1");
      assertNote(new LostSecondaries().look(host, List.of(PATIENT)), "promote_secondaries is 0");
    }

    @Test
    void count_by_the_larger_of_two() {
      host.files.put("/proc/sys/net/ipv4/conf/all/rp_filter", "2\n");
      host.files.put("/proc/sys/net/ipv4/conf/eth0/rp_filter", "1\n");
      assertThat(new ReversePath().look(host, List.of(PATIENT))).isEmpty();
    }
  }

  private static void assertHurts(List<Finding> found, String words) {
    assertThat(found).singleElement().matches(Finding::hurts);
    assertThat(found.get(0).what()).contains(words);
    assertThat(found.get(0).cure()).isNotBlank();
  }

  private static void assertNote(List<Finding> found, String words) {
    assertThat(found).singleElement().matches(one -> !one.hurts());
    assertThat(found.get(0).what()).contains(words);
    assertThat(found.get(0).cure()).isNotBlank();
  }

  private static Patient patient(
      String address, Optional<String> backup, boolean inService, boolean listed) {
    try {
      return new Patient(
          "vip",
          new ProtectedAddress(InetAddress.getByName(address), 24),
          "eth0",
          backup,
          inService,
          "/etc/lkipbu/pinglist/vip",
          listed);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
