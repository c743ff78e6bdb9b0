package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
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
  void anything_else_is_no_event() {
    assertThat(KernelEvent.parse("")).isNull();
    assertThat(KernelEvent.parse("netlink receive error")).isNull();
    assertThat(KernelEvent.parse("[NEIGH]10.0.0.2 dev eth0 lladdr 2:2:2:2:2:2 STALE")).isNull();
    assertThat(KernelEvent.parse("[LINK]")).isNull();
    assertThat(KernelEvent.parse("    inet6 fe80::1/64 scope link")).isNull();
  }
}
