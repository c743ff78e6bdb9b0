package org.lkipbu.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;

/** Somebody who is not root, on a host whose addresses root protects. */
@Tag("network")
@DisplayNameGeneration(ReplaceUnderscores.class)
class NotRootTest {

  private static NetLab lab;

  @BeforeAll
  static void an_address_in_service() {
    lab = new NetLab(LabPlan.of(Family.IPV4));
    lab.environment().put("NOIPUNIQUE", "1");
    String info = "A eth0 " + lab.vip() + " ffffff00 eth1";
    CrashLab.ok(lab.lcd("ins_create", "-acomm", "-rip", "-tip1", "-ix", "-v", info));
    CrashLab.ok(lab.lcd("perform_action", "-t", "ip1", "-a", "restore"));
    lab.publish();
  }

  @AfterAll
  static void remove_the_network() {
    lab.close();
  }

  @Test
  void may_look() {
    CommandResult status = asNobody("lkipbu", "-s", "-t", "ip1");
    assertThat(status.err()).isEmpty();
    assertThat(status.exitCode()).isZero();
    assertThat(status.out()).isEqualTo(CrashLab.ok(lab.lkipbu("-s", "-t", "ip1")));

    assertThat(asNobody("lcd/ins_list", "-f,").out())
        .isEqualTo(CrashLab.ok(lab.lcd("ins_list", "-f,")));
    assertThat(asNobody("lkipbu", "--help").exitCode()).isZero();
    assertThat(asNobody("lkipbu", "-s", "-t", "nosuch").exitCode()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lkipbu -m -t ip1",
        "lkipbu -r -t ip1 -f eth1",
        "lkipbu -a -t ip1 -f eth1",
        "lkipbu --repair",
        "lkipbu --recover -t ip1",
        "lkipbu -m -t nosuch",
        "lcd/perform_action -t ip1 -a remove",
        "lcd/perform_action -t ip1 -a restore",
        "lcd/ins_setstate -t ip1 -S OSU",
        "lcd/ins_remove -t ip1",
        "lcd/ins_create -acomm -rip -tnew -ix -v A_eth0_10.0.0.51_24_none"
      })
  void may_change_nothing_and_is_told_at_once(String line) {
    String before = everything();
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.replaceAll(word -> word.startsWith("A_") ? word.replace('_', ' ') : word);

    CommandResult result = asNobody(words.toArray(String[]::new));

    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).matches("lkipbu: [ -~]*root[ -~]*\n");
    assertThat(everything()).isEqualTo(before);
  }

  private static String everything() {
    return lab.ok(
        lab.host(),
        "sh",
        "-c",
        "ip -o addr | sed 's/valid_lft.*//'; ip rule; find \"$0\" -type f | sort | xargs cksum",
        lab.folder().toString());
  }

  private static CommandResult asNobody(String... words) {
    return lab.asNobody(words[0], Arrays.copyOfRange(words, 1, words.length));
  }
}
