package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lkipbu.net.KernelEvent.Kind;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KernelEventTest {

  @Test
  void a_link_works_when_it_is_up_and_has_carrier() {
    KernelEvent event =
        KernelEvent.parse(
            "[LINK]3: eth1@if4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP group 0");
    assertThat(event.kind()).isEqualTo(Kind.LINK);
    assertThat(event.device()).isEqualTo("eth1");
    assertThat(event.works()).isTrue();
    assertThat(event.deleted()).isFalse();
  }

  @Test
  void a_link_without_carrier_is_up_and_does_not_work() {
    KernelEvent event =
        KernelEvent.parse(
            "[LINK]3: eth1: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 state DOWN group 0");
    assertThat(event.up()).isTrue();
    assertThat(event.works()).isFalse();
  }

  @Test
  void a_link_that_comes_up_has_no_carrier_as_long_as_the_kernel_says_so() {
    assertThat(KernelEvent.parse("[LINK]3: eth1: <NO-CARRIER,UP,LOWER_UP> mtu 1500").works())
        .isFalse();
  }

  @Test
  void a_link_that_is_set_down_or_gone_does_not_work() {
    assertThat(KernelEvent.parse("[LINK]3: eth1: <BROADCAST,MULTICAST> mtu 1500").up()).isFalse();
    KernelEvent gone = KernelEvent.parse("[LINK]Deleted 3: eth1: <UP,LOWER_UP> mtu 1500");
    assertThat(gone.deleted()).isTrue();
    assertThat(gone.works()).isFalse();
    assertThat(gone.device()).isEqualTo("eth1");
  }

  @Test
  void an_address_that_was_deleted_names_its_interface() {
    KernelEvent event =
        KernelEvent.parse("[ADDR]Deleted 2: eth0    inet 10.0.0.50/24 scope 0 secondary eth0");
    assertThat(event.kind()).isEqualTo(Kind.ADDRESS);
    assertThat(event.deleted()).isTrue();
    assertThat(event.device()).isEqualTo("eth0");
  }

  @Test
  void a_route_names_its_interface_and_a_rule_has_none() {
    KernelEvent route = KernelEvent.parse("[ROUTE]default via 10.0.0.254 dev eth0 table 1080001 ");
    assertThat(route.kind()).isEqualTo(Kind.ROUTE);
    assertThat(route.device()).isEqualTo("eth0");
    KernelEvent rule = KernelEvent.parse("[RULE]107:\tfrom 10.0.0.50 lookup 77 proto 108");
    assertThat(rule.kind()).isEqualTo(Kind.RULE);
    assertThat(rule.device()).isEmpty();
  }

  @Test
  void an_event_of_an_address_tells_which() {
    assertThat(
            KernelEvent.parse("[ADDR]2: eth0    inet 10.0.0.50/24 brd 10.0.0.255 scope 0 eth0\\")
                .address())
        .contains(new ProtectedAddress(Addresses.parsed("10.0.0.50"), 24));
    assertThat(
            KernelEvent.parse("[ADDR]Deleted 2: eth0    inet6 fd00::50/64 scope 0 deprecated")
                .address())
        .contains(new ProtectedAddress(Addresses.parsed("fd00::50"), 64));
    for (String other : new String[] {"10.0.0.1 peer 10.0.0.2/32", "x/24", "10.0.0.1/y", ""}) {
      assertThat(KernelEvent.parse("[ADDR]2: tun0    inet " + other).address()).as(other).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[RULE]Deleted 108:\tfrom 10.0.0.50 lookup 77 proto 108; true",
        "[RULE]108:\tfrom 10.0.0.50 lookup 77 proto 108; false",
        "[RULE]50:\tfrom all lookup 77 proto 3; true",
        "[RULE]50:\tfrom all lookup 77 proto 10; true",
        "[ROUTE]default via 10.0.0.254 dev eth0; true",
        "[ROUTE]Deleted 10.0.0.0/24 dev eth0 table 1080001 proto 108 scope 253; true",
        "[ROUTE]10.0.0.0/24 dev eth0 table 1080001 proto 108 scope 253; false",
        "[ROUTE]2 10.0.0.50 dev eth0 table 255 proto 2 scope 254 src 10.0.0.50; false",
        "[ROUTE]Deleted 2 10.0.0.50 dev eth0 table 255 proto 2; false",
        "[ROUTE]10.9.0.0/16 dev eth0 table 2550 proto 2; true",
        "[ADDR]2: eth0    inet 10.0.0.50/24; false",
        "[LINK]2: eth0: <UP> mtu 1500; true",
      })
  void what_may_upset_rules_and_routes_is_told_from_what_put_them_right(
      String line, boolean upsets) {
    assertThat(KernelEvent.parse(line.replace("\\t", "\t")).mayUpset()).isEqualTo(upsets);
  }

  @Test
  void anything_else_is_no_event() {
    assertThat(KernelEvent.parse("")).isNull();
    assertThat(KernelEvent.parse("netlink receive error")).isNull();
    assertThat(KernelEvent.parse("[NEIGH]10.0.0.2 dev eth0 lladdr 2:2:2:2:2:2 STALE")).isNull();
    assertThat(KernelEvent.parse("[LINK]")).isNull();
    assertThat(KernelEvent.parse("    inet6 fe80::1/64 scope link")).isNull();
  }
}
