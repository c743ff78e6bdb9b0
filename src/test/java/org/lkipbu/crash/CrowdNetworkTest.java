package org.lkipbu.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lkipbu.crash.CrashLab.TAG;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lkipbu.lab.Situation.Family;

/** Many commands at once: each ends as documented, and what is left could have come one by one. */
@Tag("network")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CrowdNetworkTest {

  private static final String INFO = "node2 eth0 10.0.0.50 ffffff00 eth1";

  private CrashLab host;

  @BeforeEach
  void an_address_with_a_backup() {
    host = new CrashLab(Family.IPV4);
    // Everybody's turn comes, however many there are and however slow the machine is.
    host.lab.environment().put("LKIPBU_LOCK_WAIT", "600");
    host.lab.environment().put("LKIPBU_IPACTION_TIMEOUT", "600");
  }

  @AfterEach
  void remove_the_network() {
    host.close();
  }

  @Test
  void eight_commands_at_once_on_one_tag() throws Exception {
    onOneTag(8);
  }

  @Test
  @Tag("long")
  void fifty_commands_at_once_on_one_tag() throws Exception {
    onOneTag(50);
  }

  @Test
  @Tag("long")
  void twenty_tags_at_once() throws Exception {
    onManyTags(20);
  }

  @Test
  void three_tags_at_once() throws Exception {
    onManyTags(3);
  }

  /** Moves, removals, additions, looks and new INFOs, of which none but the right ones succeed. */
  private void onOneTag(int times) throws Exception {
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.add(
          switch (i % 7) {
            case 0, 3 -> host.lab.startLkipbu("-m", "-t", TAG);
            case 1 -> host.lab.startLkipbu("-r", "-t", TAG, "-f", "eth1");
            case 2 -> host.lab.startLkipbu("-a", "-t", TAG, "-f", "eth1");
            case 4 -> host.lab.startLkipbu("-s", "-t", TAG);
            case 5 ->
                host.lab.start("lcd/ins_setstate", "-t", TAG, "-S", i % 2 == 0 ? "ISP" : "ISU");
            default -> host.lab.start("lcd/ins_setinfo", "-t", TAG, "-v", INFO);
          });
    }
    for (Process one : all) {
      assertThat(one.waitFor(600, TimeUnit.SECONDS)).isTrue();
      assertThat(one.exitValue()).isIn(0, 4, 5, 7);
    }
    assertThat(host.holders(host.lab.vip())).hasSize(1);
    assertThat(host.journal()).isEmpty();
    assertThat(CrashLab.ok(host.lab.lcd("ins_list", "-f,")).split(",")[5])
        .matches(
            "node[12] (eth0 10.0.0.50 ffffff00 (eth1|none)|eth1 10.0.0.50 ffffff00 (eth0|none))");
    // ins_setinfo writes what it is given, wherever the address is; a restore makes it true.
    CrashLab.ok(host.lab.lcd("perform_action", "-t", TAG, "-a", "restore"));
    host.assertSettled("after " + times + " commands at once");
  }

  /** Every instance moves twice and is looked at; all addresses share the interfaces. */
  private void onManyTags(int tags) throws Exception {
    for (int i = 0; i < tags; i++) {
      host.create("t" + i, "10.0.0." + (60 + i));
    }
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < tags; i++) {
      all.add(host.lab.start("lcd/perform_action", "-t", "t" + i, "-a", "restore"));
    }
    assertAllSucceed(all);
    for (int i = 0; i < tags; i++) {
      all.add(host.lab.startLkipbu("-m", "-t", "t" + i));
      all.add(host.lab.startLkipbu("-s", "-t", "t" + i));
    }
    assertAllSucceed(all);

    String rules = host.lab.ok(host.lab.host(), "ip", "rule", "show");
    for (int i = 0; i < tags; i++) {
      String address = "10.0.0." + (60 + i);
      assertThat(host.holders(address)).containsExactly("eth1");
      assertThat(CrashLab.ok(host.lab.lkipbu("-s", "-t", "t" + i)))
          .contains("Primary interface: eth1 (up)");
      assertThat(rules.lines().filter(line -> line.contains("from " + address + " "))).hasSize(3);
      assertThat(host.lab.answers(host.lab.client(), address)).as(address).isTrue();
    }
    for (int i = 0; i < tags; i++) {
      all.add(host.lab.start("lcd/perform_action", "-t", "t" + i, "-a", "remove"));
    }
    assertAllSucceed(all);
    host.assertSettled("after " + tags + " tags at once");
  }

  private static void assertAllSucceed(List<Process> all) throws Exception {
    for (Process one : all) {
      assertThat(one.waitFor(600, TimeUnit.SECONDS)).isTrue();
      assertThat(one.exitValue()).isZero();
    }
    all.clear();
  }
}
