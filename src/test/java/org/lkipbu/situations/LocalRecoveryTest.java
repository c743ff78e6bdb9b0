package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.Pinger;
import org.lkipbu.lab.Situation.Family;

/** Health checks and local recovery with the real command, real interfaces and a real client. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LocalRecoveryTest {

  private static final LabPlan PLAN = LabPlan.of(Family.IPV4);

  @Tag("network")
  @ParameterizedTest
  @EnumSource(Family.class)
  void when_the_primary_loses_its_link_the_check_fails_and_recovery_moves(Family family)
      throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(family));
        Pinger pinger = host.lab.pinger(host.lab.client(), host.lab.vip(), Duration.ofMillis(50))) {
      assertThat(pinger.awaitReplies(2, Duration.ofSeconds(5))).isTrue();
      assertThat(host.succeeds(check(host))).contains("healthy on eth0, verified by");
      host.lab.cutCarrier("eth0");

      CommandResult check = host.lab.lcd("perform_action", "-t", "vip", "-a", "quickCheck");
      CommandResult recover = host.lab.lkipbu("--recover", "-t", "vip");

      assertThat(check.exitCode()).isEqualTo(13);
      assertThat(check.err()).contains("eth0 is set down or has no link").hasLineCount(1);
      assertThat(host.succeeds(recover)).contains("eth0 -> eth1, verified by");
      assertThat(host.storedInfo()).isEqualTo(host.info("eth1", "eth0"));
      assertThat(host.interfacesOfAddress()).isEqualTo("eth1");
      assertThat(pinger.awaitReplies(5, Duration.ofSeconds(10))).isTrue();
      host.succeeds(check(host));
    }
  }

  @Tag("network")
  @Test
  void an_address_that_was_only_lost_is_put_back_where_it_was() {
    try (ProtectedHost host = ProtectedHost.inService(PLAN)) {
      host.plainly("del", "eth0");
      assertThat(check(host, "--quick").err()).contains("not configured on eth0").hasLineCount(1);

      assertThat(host.lab.script("lifekeeper/quickCheck", "-i", "id").exitCode()).isEqualTo(13);
      CommandResult recover = host.lab.script("lifekeeper/recover", "-C", "x", "-n", "vip");

      assertThat(host.succeeds(recover)).contains("in service on eth0, verified by");
      assertThat(host.interfacesOfAddress()).isEqualTo("eth0");
      assertThat(host.storedInfo()).isEqualTo(host.info("eth0", "eth1"));
      assertThat(host.lab.answers(host.lab.client(), host.lab.vip())).isTrue();
    }
  }

  @Tag("network")
  @Test
  void with_both_links_lost_recovery_fails_and_changes_nothing() {
    try (ProtectedHost host = ProtectedHost.inService(PLAN)) {
      host.lab.cutCarrier("eth0");
      host.lab.cutCarrier("eth1");

      CommandResult recover = host.lab.lkipbu("--recover", "-t", "vip");

      assertThat(recover.exitCode()).isEqualTo(10);
      assertThat(recover.err())
          .contains("the backup eth1 has no link, " + host.lab.vip() + " stays")
          .hasLineCount(1);
      assertUnchanged(host);
    }
  }

  @Tag("long")
  @Test
  void a_silent_primary_is_left_for_the_backup() {
    try (ProtectedHost host = ProtectedHost.inService(PLAN)) {
      assertThat(host.lab.answers(host.lab.client(), host.lab.vip())).isTrue();
      host.succeeds(check(host));
      host.lab.blackhole("eth0");

      host.succeeds(check(host, "--quick"));
      assertThat(check(host).exitCode()).isEqualTo(13);
      assertThat(host.succeeds(host.lab.lkipbu("--recover", "-t", "vip")))
          .contains("eth0 -> eth1, verified by");
      assertThat(host.lab.answers(host.lab.client(), host.lab.vip())).isTrue();
    }
  }

  @Tag("long")
  @Test
  void with_both_sides_silent_recovery_fails_in_time_and_changes_nothing() {
    try (ProtectedHost host = ProtectedHost.inService(PLAN)) {
      host.lab.answers(host.lab.client(), host.lab.vip());
      host.lab.blackhole("eth0");
      host.lab.blackhole("eth1");
      long start = System.nanoTime();

      CommandResult recover = host.lab.lkipbu("--recover", "-t", "vip");

      assertThat(recover.exitCode()).isEqualTo(10);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
      assertUnchanged(host);
    }
  }

  @Tag("long")
  @Test
  void checks_and_recoveries_end_in_time_while_something_else_holds_the_network() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(PLAN)) {
      host.plainly("del", "eth0");
      Process holder =
          new ProcessBuilder(
                  "ip",
                  "netns",
                  "exec",
                  host.lab.host(),
                  "flock",
                  "/proc/self/ns/net",
                  "-c",
                  "echo held; exec sleep 120")
              .start();
      assertThat(holder.getInputStream().read()).isEqualTo('h');
      long start = System.nanoTime();

      assertThat(check(host).exitCode()).isEqualTo(12);
      assertThat(host.lab.script("lifekeeper/quickCheck", "-t", "vip").exitCode()).isZero();
      Duration checks = Duration.ofNanos(System.nanoTime() - start);
      CommandResult recover = host.lab.lkipbu("--recover", "-t", "vip");
      Duration all = Duration.ofNanos(System.nanoTime() - start);

      assertThat(checks).isLessThan(Duration.ofSeconds(24));
      assertThat(recover.exitCode()).isEqualTo(12);
      assertThat(all.minus(checks)).isLessThan(Duration.ofSeconds(25));
      holder.destroyForcibly();
    }
  }

  @Tag("network")
  @ParameterizedTest
  @EnumSource(Family.class)
  void an_address_that_something_else_configured_is_healthy_without_rules(Family family) {
    try (ProtectedHost host = ProtectedHost.restoredBySomethingElse(LabPlan.of(family))) {
      host.lab.answers(host.lab.client(), host.lab.vip());

      assertThat(host.succeeds(check(host))).contains("healthy on eth0").doesNotContain("rules");
      assertThat(host.rules()).isEmpty();

      host.lab.ok(host.lab.host(), "ip", "link", "set", "eth0", "down");
      host.succeeds(host.lab.lkipbu("--recover", "-t", "vip"));
      assertThat(host.lab.answers(host.lab.far(), host.lab.vip()))
          .as("the routes were recorded by the check")
          .isTrue();
    }
  }

  @Tag("network")
  @Test
  void rules_left_from_an_earlier_move_are_put_right_by_the_next_check() {
    try (ProtectedHost host = ProtectedHost.restoredBySomethingElse(PLAN)) {
      assertThat(host.lab.answers(host.lab.client(), host.lab.vip())).isTrue();
      host.succeeds(host.lab.lkipbu("-m", "-t", "vip"));
      assertThat(host.rules()).isNotEmpty();
      host.succeeds(host.lab.lcd("ins_setinfo", "-t", "vip", "-v", host.info("eth0", "eth1")));
      host.plainly("del", "eth1");
      host.plainly("add", "eth0");
      host.lab.cutCarrier("eth1");

      assertThat(host.succeeds(check(host))).contains("healthy on eth0", "rules and routes put");

      assertThat(host.lab.answers(host.lab.client(), host.lab.vip())).isTrue();
      assertThat(host.lab.answers(host.lab.far(), host.lab.vip())).isTrue();
      assertThat(host.succeeds(check(host))).doesNotContain("rules and routes");
    }
  }

  @Tag("network")
  @Test
  void a_rule_that_was_ours_and_is_missing_is_put_back_in_place() {
    try (ProtectedHost host = ProtectedHost.inService(PLAN)) {
      String before = host.rules();
      host.lab.ok(host.lab.host(), "ip", "rule", "del", "from", host.lab.vip());

      assertThat(host.succeeds(check(host, "--quick"))).contains("rules and routes put right");

      assertThat(host.rules()).isEqualTo(before);
      assertThat(host.interfacesOfAddress()).isEqualTo("eth0");
    }
  }

  @Tag("network")
  @Test
  void rules_of_an_address_that_left_this_host_go() {
    try (ProtectedHost host = ProtectedHost.inService(PLAN)) {
      host.succeeds(host.lab.lcd("ins_setstate", "-t", "vip", "-S", "OSU"));
      host.plainly("del", "eth0");

      assertThat(check(host, "--quick").err()).contains("out of service");

      assertThat(host.rules()).isEmpty();
    }
  }

  private static CommandResult check(ProtectedHost host, String... more) {
    String[] words =
        java.util.Arrays.copyOf(new String[] {"--check", "-t", "vip"}, 3 + more.length);
    System.arraycopy(more, 0, words, 3, more.length);
    return host.lab.lkipbu(words);
  }

  private static void assertUnchanged(ProtectedHost host) {
    assertThat(host.storedInfo()).isEqualTo(host.info("eth0", "eth1"));
    assertThat(host.interfacesOfAddress()).isEqualTo("eth0");
  }
}
