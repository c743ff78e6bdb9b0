package org.lkipbu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;

/** The doctor on a real host, well and ill. */
@Tag("network")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DoctorNetworkTest {

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_well_host_ends_with_0_and_an_ill_one_with_13_and_a_cure(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family).withBroadcastAnswered())) {
      lab.environment().put("NOIPUNIQUE", "1");
      lab.lkipbu("--protect", lab.vipAndPrefix(), "-f", "eth0", "-t", "vip");
      assertThat(lab.lkipbu("--doctor", "-t", "vip").out()).contains("has no backup interface");
      lab.lkipbu("-a", "-t", "vip", "-f", "eth1");

      CommandResult well = lab.lkipbu("--doctor");
      assertThat(well.out()).doesNotContain("hurts:").doesNotContain("broadcast");
      assertThat(well.exitCode()).as(well.out()).isZero();

      lab.ok(lab.host(), "ip", "link", "set", "eth1", "mtu", "1400");
      CommandResult ill = lab.lkipbu("--doctor", "-t", "vip");
      assertThat(ill.exitCode()).isEqualTo(13);
      assertThat(ill.out())
          .contains(
              "hurts: vip: the MTU of eth1 is 1400, that of eth0 1500: ip link set eth1 mtu 1500\n");
      assertThat(ill.err()).isEmpty();
      assertThat(lab.lkipbu("--doctor", "-t", "nosuch").exitCode()).isEqualTo(7);
    }
  }
}
