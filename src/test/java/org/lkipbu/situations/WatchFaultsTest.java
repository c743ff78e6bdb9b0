package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.Pinger;
import org.lkipbu.lab.Situation.Family;

/** What the watcher does when more than an interface fails: faults that last, floods, kills. */
@Tag("network")
@Timeout(300)
@DisplayNameGeneration(ReplaceUnderscores.class)
class WatchFaultsTest {

  private static final LabPlan PLAN = LabPlan.of(Family.IPV4);

  @Test
  void a_switch_that_swallows_everything_behind_a_live_link_is_noticed() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN);
        Pinger client = host.lab.pinger(host.lab.client(), host.lab.vip());
        Watching watching = Watching.of(host)) {
      assertThat(client.awaitReplies(2, Duration.ofSeconds(10))).isTrue();
      host.lab.blackhole("eth0");

      watching.addressIsOn("eth1");
      watching.says("nobody answers it on eth0");
      assertThat(client.awaitReplies(5, Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  @Tag("long")
  void flapping_links_move_the_address_three_times_at_most_and_it_answers_when_they_rest()
      throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN);
        Watching watching = Watching.of(host)) {
      // Both flap by turns, so that each transition is a reason to move.
      for (int i = 0; i < 20; i++) {
        String one = i % 2 == 0 ? "h0" : "h1";
        String other = i % 2 == 0 ? "h1" : "h0";
        host.lab.ok(host.lab.networkSwitch(), "ip", "link", "set", other, "up");
        host.lab.ok(host.lab.networkSwitch(), "ip", "link", "set", one, "down");
        Watching.pause(500);
      }

      assertThat(watching.count("moved from")).isBetween(1L, 3L);
      assertThat(watching.count("has moved 3 times")).isLessThanOrEqualTo(1);
      host.lab.ok(host.lab.networkSwitch(), "ip", "link", "set", "h0", "up");
      host.lab.ok(host.lab.networkSwitch(), "ip", "link", "set", "h1", "up");
      watching.becomes(
          "the client is answered", () -> host.lab.answers(host.lab.client(), host.lab.vip()));
      assertThat(watching.count("moved from")).isBetween(1L, 3L);
      assertThat(host.interfacesOfAddress()).isEqualTo(host.storedInfo().split(" ")[1]);
    }
  }

  @Test
  void after_three_moves_in_a_minute_the_address_stays_and_that_is_said_once() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN);
        Watching watching = Watching.of(host)) {
      String[] places = {"eth0", "eth1", "eth0", "eth1"};
      for (int i = 0; i < 3; i++) {
        host.lab.cutCarrier(places[i]);
        watching.addressIsOn(places[i + 1]);
        host.lab.mendCarrier(places[i]);
        watching.becomes(
            "the client is answered", () -> host.lab.answers(host.lab.client(), host.lab.vip()));
      }
      host.lab.cutCarrier("eth1");
      watching.says("has moved 3 times within 60 s, so it stays on eth1 now");
      Watching.pause(3000);
      assertThat(host.interfacesOfAddress()).isEqualTo("eth1");
      assertThat(watching.count("moved from")).isEqualTo(3);
      assertThat(watching.count("has moved 3 times")).isEqualTo(1);

      host.lab.mendCarrier("eth1");
      watching.becomes(
          "the client is answered", () -> host.lab.answers(host.lab.client(), host.lab.vip()));
      assertThat(watching.count("moved from")).isEqualTo(3);
    }
  }

  @Test
  void when_the_unused_interface_dies_a_client_that_learnt_it_is_told_again() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN);
        Watching watching = Watching.of(host)) {
      String wrong = host.lab.mac(host.lab.host(), "eth1");
      host.lab.ok(
          host.lab.client(),
          "ip",
          "neigh",
          "replace",
          host.lab.vip(),
          "lladdr",
          wrong,
          "dev",
          "eth0",
          "nud",
          "reachable");
      host.lab.blackhole("eth1");

      watching.says("the backup eth1 fails its probe");
      String right = host.lab.mac(host.lab.host(), "eth0");
      watching.becomes(
          "the client knows better",
          () -> host.lab.cached(host.lab.client(), host.lab.vip()).equals(right));
      assertThat(host.lab.answers(host.lab.client(), host.lab.vip())).isTrue();
      assertThat(watching.said()).doesNotContain("moved from");
    }
  }

  @Test
  void a_flood_of_events_while_it_is_stalled_hides_nothing() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN);
        Watching watching = Watching.of(host)) {
      String before = host.rules();
      watching.signal("STOP");
      StringBuilder batch = new StringBuilder();
      for (int i = 0; i < 5000; i++) {
        String route = "10." + (100 + i / 250) + "." + i % 250 + ".0/24 dev eth1\n";
        batch.append("route add ").append(route).append("route del ").append(route);
      }
      Path commands = host.lab.folder().resolve("flood");
      Files.writeString(commands, batch);
      host.lab.ok(host.lab.host(), "ip", "-batch", commands.toString());
      for (String rule : before.strip().split("\n")) {
        host.ip("rule", "del", "pref", rule.substring(0, rule.indexOf(':')));
      }
      host.lab.ok(host.lab.networkSwitch(), "ip", "link", "set", "h0", "down");
      watching.signal("CONT");

      watching.addressIsOn("eth1");
      watching.becomes("the rules are back", () -> host.rules().lines().count() == 3);
      assertThat(host.lab.answers(host.lab.client(), host.lab.vip())).isTrue();
    }
  }

  @Test
  @Tag("long")
  void a_watcher_killed_midway_is_followed_by_one_that_puts_things_right() throws Exception {
    for (int i = 0; i < 5; i++) {
      try (ProtectedHost host = ProtectedHost.inService(PLAN)) {
        try (Watching watching = Watching.of(host)) {
          host.lab.ok(host.lab.networkSwitch(), "ip", "link", "set", "h0", "down");
          Watching.pause(10 + 25L * i);
          watching.signal("KILL");
          watching.ends();
        }
        try (Watching next = Watching.started(host)) {
          next.says("watching 1 addresses");
          next.addressIsOn("eth1");
          next.becomes(
              "the client is answered", () -> host.lab.answers(host.lab.client(), host.lab.vip()));
          assertThat(host.rules().lines().count()).isEqualTo(3);
        }
      }
    }
  }

  @Test
  void hooks_are_told_of_a_move_and_one_that_hangs_or_fails_harms_nothing() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN)) {
      Path told = host.lab.folder().resolve("told");
      hook(host, "10-fails", "exit 3");
      hook(host, "20-hangs", "sleep 100");
      hook(host, "30-tells", "env | grep ^LKIPBU_ >" + told);
      Path open = hook(host, "40-open", "echo open >" + told + ".open");
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
      host.lab.environment().put("LKIPBU_HOOK_TIMEOUT", "1");
      try (Watching watching = Watching.of(host)) {
        host.lab.cutCarrier("eth0");
        watching.addressIsOn("eth1");
        watching.becomes(
            "the hook was told", () -> Files.exists(told) && told.toFile().length() > 100);
        assertThat(Files.readString(told))
            .contains("LKIPBU_TAG=vip")
            .contains("LKIPBU_ADDRESS=" + host.lab.vip())
            .contains("LKIPBU_FROM=eth0")
            .contains("LKIPBU_TO=eth1")
            .contains("LKIPBU_ASKED=recovery")
            .contains("LKIPBU_REASON=eth0 is set down or has no link");
        watching.says("10-fails ended with 3");
        watching.says("20-hangs: ");
        watching.says("40-open can be written by others");
        assertThat(Path.of(told + ".open")).doesNotExist();
        host.lab.mendCarrier("eth0");
        host.lab.cutCarrier("eth1");
        watching.addressIsOn("eth0");
      }
    }
  }

  @Test
  @Tag("long")
  void with_failback_an_address_returns_to_where_the_administrator_had_put_it() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN)) {
      host.lab.environment().put("LKIPBU_FAILBACK_AFTER", "3");
      try (Watching watching = Watching.of(host, "--failback")) {
        host.lab.cutCarrier("eth0");
        watching.addressIsOn("eth1");
        host.lab.mendCarrier("eth0");
        watching.addressIsOn("eth0");
        watching.says("moved from eth1 to eth0: eth0 is healthy again");
        host.moves();
        watching.says(2, "moved from eth0 to eth1");
        Watching.pause(6000);
        assertThat(host.interfacesOfAddress()).isEqualTo("eth1");
      }
    }
  }

  @Test
  void instances_that_are_made_and_removed_meanwhile_are_noticed() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN);
        Watching watching = Watching.of(host)) {
      String other = "10.0.0.60";
      host.succeeds(host.lab.lkipbu("--protect", other + "/24", "-f", "eth0", "-t", "other"));
      host.succeeds(host.lab.lkipbu("-a", "-t", "other", "-f", "eth1"));
      watching.says("other (10.0.0.60): is watched from now on");
      Watching.pause(1000);
      host.lab.cutCarrier("eth0");
      watching.says("other (10.0.0.60): moved from eth0 to eth1");
      watching.addressIsOn("eth1");
      host.succeeds(host.lab.lkipbu("--unprotect", "--yes", "-t", "other"));
      watching.says("other (10.0.0.60): is no more");
    }
  }

  private static Path hook(ProtectedHost host, String name, String script) throws Exception {
    Path folder = host.lab.folder().resolve("config/hooks.d");
    Files.createDirectories(folder);
    Path hook = folder.resolve(name);
    Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    return hook;
  }
}
