package org.lkipbu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;

/** Every change tried without being made: what it says, and that nothing is different after it. */
@Tag("network")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DryRunNetworkTest {

  private NetLab lab;
  private String host;

  @BeforeEach
  void a_protected_address_with_a_backup() throws IOException {
    lab = new NetLab(LabPlan.of(Family.IPV4));
    lab.environment().put("NOIPUNIQUE", "1");
    lab.environment().put("LKIPBU_ANNOUNCE_PAUSES", "");
    ok(lab.lkipbu("--protect", lab.vipAndPrefix(), "-f", "eth0", "-t", "vip"));
    ok(lab.lkipbu("-a", "-t", "vip", "-f", "eth1"));
    host = ok(lab.run(lab.host(), "uname", "-n")).strip();
  }

  @AfterEach
  void remove_the_network() {
    lab.close();
  }

  @Test
  void a_move_says_its_checks_its_commands_and_INFO_before_and_after() throws IOException {
    String before = everything();

    String said = ok(lab.lkipbu("-m", "-t", "vip", "--dry-run"));

    assertThat(said)
        .startsWith("checked: eth1 has link and is on the network of eth0\n")
        .contains("would run: ip -4 addr del 10.0.0.50/24 dev eth0\n")
        .contains("would run: ip -4 addr add 10.0.0.50/24 brd + dev eth1")
        .contains("would verify: 10.0.0.50 on eth1\n")
        .endsWith(
            "INFO of vip before: "
                + host
                + " eth0 10.0.0.50 ffffff00 eth1\nINFO of vip after:  "
                + host
                + " eth1 10.0.0.50 ffffff00 eth0\nnothing was changed\n");
    assertThat(everything()).isEqualTo(before);
    assertThat(lab.answers(lab.client(), lab.vip())).isTrue();

    assertThat(ok(lab.lkipbu("--evacuate", "eth0", "--dry-run")))
        .contains("would run: ip -4 addr del 10.0.0.50/24 dev eth0\n", "INFO of vip after:  ");
    assertThat(ok(lab.lkipbu("--recover", "-t", "vip", "--dry-run")))
        .isEqualTo("nothing was changed\n");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void a_move_that_would_be_refused_is_refused() throws IOException {
    lab.wrongSegment("eth1");
    String before = everything();

    CommandResult result = lab.lkipbu("-m", "-t", "vip", "--dry-run");

    assertThat(result.exitCode()).isEqualTo(10);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("eth1 is not on the network of eth0").hasLineCount(1);
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void every_other_change_says_what_it_would_do() throws IOException {
    String before = everything();

    assertThat(ok(lab.lkipbu("-r", "-t", "vip", "-f", "eth1", "--dry-run")))
        .startsWith("checked: eth1 is the backup\n")
        .contains("after:  " + host + " eth0 10.0.0.50 ffffff00 none\n");
    assertThat(ok(lab.lkipbu("--unprotect", "-t", "vip", "--dry-run")))
        .contains("would run: ip -4 addr del 10.0.0.50/24 dev eth0\n", "would forget: vip\n");
    assertThat(ok(lab.lkipbu("--protect", "10.0.0.51/24", "-f", "eth0", "--dry-run")))
        .contains("would run: ip -4 addr add 10.0.0.51/24 brd + dev eth0")
        .contains("would make: ip-10.0.0.51, INFO " + host + " eth0 10.0.0.51 ffffff00 none\n");
    assertThat(ok(lab.lkipbu("--repair", "--dry-run"))).isEqualTo("nothing was changed\n");
    assertThat(lab.lkipbu("-a", "-t", "vip", "-f", "eth1", "--dry-run").exitCode()).isEqualTo(4);
    assertThat(lab.lkipbu("--protect", "10.0.0.50/24", "-f", "eth0", "--dry-run").exitCode())
        .isEqualTo(4);
    assertThat(lab.lkipbu("-m", "-t", "nosuch", "--dry-run").exitCode()).isEqualTo(7);
    assertThat(everything()).isEqualTo(before);
  }

  /** Addresses, rules, routes, and every file of lkipbu's. */
  private String everything() throws IOException {
    TreeMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(lab.folder())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file.toString(), Files.readString(file));
      }
    }
    return files
        + lab.ok(lab.host(), "ip", "-o", "-4", "addr")
        + lab.ok(lab.host(), "ip", "rule")
        + lab.ok(lab.host(), "ip", "route", "show", "table", "all");
  }

  private static String ok(CommandResult result) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result.out();
  }
}
