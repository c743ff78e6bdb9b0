package org.lkipbu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Pinger;
import org.lkipbu.lab.Pty;
import org.lkipbu.lab.Situation.Family;

/** An address protected and given up again with the real command, and a client that asks it. */
@Tag("network")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProtectNetworkTest {

  @ParameterizedTest
  @EnumSource(Family.class)
  void three_commands_from_nothing_to_a_moved_address_and_one_back(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      String before = network(lab);
      String tag = "ip-" + lab.vip();

      assertThat(ok(lab.lkipbu("--protect", lab.vipAndPrefix(), "-f", "eth0")))
          .isEqualTo(lab.vipAndPrefix() + " is in service on eth0, protected as " + tag + "\n");
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
      ok(lab.lkipbu("-a", "-t", tag, "-f", "eth1"));
      ok(lab.lkipbu("-m", "-t", tag));
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();

      CommandResult unsaid = lab.lkipbu("--unprotect", "-t", tag);
      assertThat(unsaid.exitCode()).isEqualTo(2);
      assertThat(unsaid.err()).hasLineCount(1).contains("--yes");
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();

      ok(lab.lkipbu("--unprotect", "--yes", "-t", tag));
      assertThat(lab.lkipbu("-s", "-t", tag).exitCode()).isEqualTo(7);
      assertThat(network(lab)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void an_address_that_is_in_use_is_adopted_without_a_gap(Family family) throws Exception {
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      lab.environment().put("LKIPBU_ANNOUNCE_PAUSES", "");
      lab.ok(
          lab.host(),
          ("ip addr add "
                  + lab.vipAndPrefix()
                  + " dev eth0"
                  + (family == Family.IPV6 ? " nodad" : ""))
              .split(" "));
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
      String address = lab.ok(lab.host(), "ip", "-o", "addr", "show", "dev", "eth0");
      try (Pinger client = lab.pinger(lab.client(), lab.vip())) {
        client.awaitReplies(5, Duration.ofSeconds(20));
        assertThat(ok(lab.lkipbu("--protect", lab.vipAndPrefix(), "-f", "eth0")))
            .contains("stays on eth0");
        client.awaitReplies(5, Duration.ofSeconds(20));
        assertThat(client.longestGap()).isLessThan(Duration.ofMillis(500));
      }
      assertThat(lab.ok(lab.host(), "ip", "-o", "addr", "show", "dev", "eth0")).isEqualTo(address);
      assertThat(lab.ok(lab.host(), "ip", family == Family.IPV6 ? "-6" : "-4", "rule"))
          .contains("from " + lab.vip());
    }
  }

  @Test
  void at_a_terminal_the_user_is_asked() {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      ok(lab.lkipbu("--protect", lab.vipAndPrefix(), "-f", "eth0", "-t", "vip"));

      CommandResult no = Pty.run(lab, Map.of(), "n\n", "lkipbu", "--unprotect", "-t", "vip");
      assertThat(no.out())
          .contains("lkipbu: forget vip and take 10.0.0.50/24 out of service on eth0? [y/N] ")
          .contains("nothing was changed");
      assertThat(no.exitCode()).isEqualTo(2);
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();

      CommandResult yes = Pty.run(lab, Map.of(), "y\n", "lkipbu", "--unprotect", "-t", "vip");
      assertThat(yes.exitCode()).as(yes.out()).isZero();
      assertThat(yes.out()).endsWith("out of service on eth0, vip is forgotten\n");
      assertThat(lab.lkipbu("-s", "-t", "vip").exitCode()).isEqualTo(7);
    }
  }

  private static String ok(CommandResult result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  /** Addresses, rules and routes, without the times that run. */
  private static String network(NetLab lab) {
    return lab.ok(lab.host(), "ip", "-o", "addr").replaceAll("\\d+sec", "")
        + lab.ok(lab.host(), "ip", "rule")
        + lab.ok(lab.host(), "ip", "-6", "rule")
        + lab.ok(lab.host(), "ip", "route", "show", "table", "all")
        + lab.ok(lab.host(), "ip", "-6", "route", "show", "table", "all").replaceAll("\\d+sec", "");
  }
}
