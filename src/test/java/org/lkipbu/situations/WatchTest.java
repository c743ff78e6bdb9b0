package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.Pinger;
import org.lkipbu.lab.Situation.Family;

/** What the watcher notices, and what a client notices of it. */
@Tag("network")
@Timeout(180)
@DisplayNameGeneration(ReplaceUnderscores.class)
class WatchTest {

  private static final LabPlan PLAN = LabPlan.of(Family.IPV4);

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_lost_carrier_moves_the_address_to_the_backup(Family family) throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(family));
        Pinger client = client(host);
        Watching watching = Watching.of(host)) {
      host.lab.cutCarrier("eth0");

      watching.addressIsOn("eth1");
      assertThat(client.awaitReplies(5, Duration.ofSeconds(10))).isTrue();
      watching.says("moved from eth0 to eth1 in");
      assertThat(watching.said()).contains("eth0 is set down or has no link");
    }
  }

  @Test
  void an_interface_that_is_set_down_moves_the_address_and_a_second_time_back() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN);
        Pinger client = client(host);
        Watching watching = Watching.of(host)) {
      host.ip("link", "set", "eth0", "down");
      watching.addressIsOn("eth1");
      watching.says("moved from eth0 to eth1");
      host.ip("link", "set", "eth0", "up");
      assertThat(client.awaitReplies(5, Duration.ofSeconds(10))).isTrue();

      host.ip("link", "set", "eth1", "down");
      watching.addressIsOn("eth0");
      assertThat(client.awaitReplies(5, Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void an_address_that_was_deleted_is_put_back_where_it_was() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN);
        Pinger client = client(host);
        Watching watching = Watching.of(host)) {
      host.plainly("del", "eth0");

      watching.says("put right on eth0 in");
      assertThat(client.awaitReplies(5, Duration.ofSeconds(10))).isTrue();
      assertThat(host.storedInfo()).isEqualTo(host.info("eth0", "eth1"));
      assertThat(watching.said()).doesNotContain("moved from");
    }
  }

  @Test
  void rules_and_routes_that_were_flushed_are_put_back_without_a_move() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN);
        Watching watching = Watching.of(host)) {
      String before = host.rules();
      String table = host.addressTable();
      String routes = host.ip("route", "show", "table", table);
      host.ip("route", "flush", "table", table);
      for (String rule : before.strip().split("\n")) {
        host.ip("rule", "del", "pref", rule.substring(0, rule.indexOf(':')));
      }

      watching.becomes("the rules are back", () -> host.rules().equals(before));
      watching.becomes(
          "the routes are back", () -> host.ip("route", "show", "table", table).equals(routes));
      watching.says("rules and routes put right on eth0");
      assertThat(watching.said()).doesNotContain("moved from");
    }
  }

  @Test
  void a_move_by_an_administrator_is_not_undone_and_is_told() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN);
        Watching watching = Watching.of(host, "--failback")) {
      host.moves();

      watching.says("moved from eth0 to eth1");
      Watching.pause(3000);
      assertThat(host.interfacesOfAddress()).isEqualTo("eth1");
      assertThat(watching.count("moved from")).isEqualTo(1);
    }
  }

  @Test
  void with_both_links_lost_the_address_stays_until_one_comes_back() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN);
        Pinger client = client(host);
        Watching watching = Watching.of(host)) {
      host.lab.cutCarrier("eth1");
      host.lab.cutCarrier("eth0");
      watching.says("stays on eth0");
      assertThat(host.storedInfo()).isEqualTo(host.info("eth0", "eth1"));

      host.lab.mendCarrier("eth1");

      watching.addressIsOn("eth1");
      assertThat(client.awaitReplies(5, Duration.ofSeconds(10))).isTrue();
      assertThat(watching.count("stays on eth0")).isEqualTo(1);
    }
  }

  @Test
  void a_second_watcher_refuses_to_run() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN);
        Watching first = Watching.of(host);
        Watching second = Watching.started(host)) {
      assertThat(second.ends()).isEqualTo(12);
      assertThat(second.said()).contains("another lkipbu --watch is running").hasLineCount(1);
      assertThat(first.said()).contains("in service on eth0");
    }
  }

  @Test
  void it_puts_back_in_service_what_was_when_it_begins_and_leaves_it_when_it_ends()
      throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN)) {
      // As after a reboot: the store says in service, and nothing is configured.
      host.succeeds(host.lab.ipaction("remove", host.lab.vipAndPrefix(), "eth0"));
      try (Watching watching = Watching.started(host)) {
        watching.says("in service on eth0");
        assertThat(host.interfacesOfAddress()).isEqualTo("eth0");
        assertThat(host.lab.answers(host.lab.client(), host.lab.vip())).isTrue();
        watching.signal("TERM");
        assertThat(watching.ends()).isEqualTo(143);
      }
      assertThat(host.interfacesOfAddress()).isEqualTo("eth0");
    }
  }

  private static Pinger client(ProtectedHost host) throws InterruptedException {
    Pinger pinger = host.lab.pinger(host.lab.client(), host.lab.vip(), Duration.ofMillis(20));
    assertThat(pinger.awaitReplies(2, Duration.ofSeconds(10))).isTrue();
    return pinger;
  }
}
