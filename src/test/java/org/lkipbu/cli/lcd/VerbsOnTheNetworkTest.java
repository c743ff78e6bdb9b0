package org.lkipbu.cli.lcd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;

/** The commands as a script calls them, with the real ipaction and a real client. */
@Tag("network")
@DisplayNameGeneration(ReplaceUnderscores.class)
class VerbsOnTheNetworkTest {

  private static final String TAG = "ip/vip";

  @ParameterizedTest
  @EnumSource(Family.class)
  void an_address_is_put_in_service_checked_and_taken_out(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      String before = network(lab);
      String prefix = lab.vipAndPrefix().substring(lab.vip().length() + 1);
      String info = "host eth0 " + lab.vip() + " " + prefix + " eth1";
      ok(lab, "ins_create", "-a", "comm", "-r", "ip", "-t", TAG, "-i", lab.vip(), "-v", info);
      assertThat(network(lab)).isEqualTo(before);

      ok(lab, "perform_action", "-G", "-t", TAG, "-a", "restore");
      assertThat(state(lab)).isEqualTo("ISP");
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
      ok(lab, "perform_action", "-t", TAG, "-a", "quickCheck");

      ok(lab, "perform_action", "-t", TAG, "-a", "restore");
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();

      lab.ok(lab.host(), "ip", "addr", "del", lab.vipAndPrefix(), "dev", "eth0");
      assertThat(lab.lcd("perform_action", "-t", TAG, "-a", "quickCheck").exitCode()).isEqualTo(13);
      ok(lab, "perform_action", "-t", TAG, "-a", "restore");
      ok(lab, "perform_action", "-t", TAG, "-a", "quickCheck");

      ok(lab, "perform_action", "-t", TAG, "-a", "remove");
      assertThat(state(lab)).isEqualTo("OSU");
      assertThat(lab.answers(lab.client(), lab.vip())).isFalse();
      assertThat(network(lab)).isEqualTo(before);

      ok(lab, "perform_action", "-t", TAG, "-a", "remove");
      ok(lab, "ins_remove", "-t", TAG);
      assertThat(lab.lcd("ins_list", "-t", TAG).exitCode()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_restore_that_cannot_succeed_is_osf(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      String prefix = lab.vipAndPrefix().substring(lab.vip().length() + 1);
      String info = "host eth7 " + lab.vip() + " " + prefix + " none";
      ok(lab, "ins_create", "-a", "comm", "-r", "ip", "-t", TAG, "-i", lab.vip(), "-v", info);

      CommandResult result = lab.lcd("perform_action", "-t", TAG, "-a", "restore");

      assertThat(result.exitCode()).isIn(1, 5);
      assertThat(result.err()).contains("eth7").hasLineCount(1);
      assertThat(state(lab)).isEqualTo("OSF");
    }
  }

  private static void ok(NetLab lab, String verb, String... arguments) {
    CommandResult result = lab.lcd(verb, arguments);
    assertThat(result.exitCode()).as(verb + ": " + result.err()).isZero();
  }

  private static String state(NetLab lab) {
    CommandResult result = lab.lcd("ins_list", "-f|", "-t", TAG);
    return result.out().split("\\|")[6];
  }

  /** Addresses, routes and rules, without what changes by itself. */
  private static String network(NetLab lab) {
    String addresses = lab.ok(lab.host(), "ip", "-o", "addr");
    String rules = lab.ok(lab.host(), "ip", "rule") + lab.ok(lab.host(), "ip", "-6", "rule");
    String routes =
        lab.ok(lab.host(), "ip", "route", "show", "table", "all")
            + lab.ok(lab.host(), "ip", "-6", "route", "show", "table", "all");
    return addresses + rules + routes.replaceAll("expires \\S+", "");
  }
}
