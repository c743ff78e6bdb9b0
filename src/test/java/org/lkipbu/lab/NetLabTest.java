package org.lkipbu.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.lab.Situation.ClientPlace;
import org.lkipbu.lab.Situation.Family;
import org.lkipbu.lab.Situation.Fault;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NetLabTest {

  @Test
  void there_are_72_situations_and_a_third_of_them_covers_every_pair() {
    assertThat(Situation.all()).hasSize(72).doesNotHaveDuplicates();
    assertThat(Situation.covering()).hasSize(24);
    assertThat(pairs(Situation.covering())).isEqualTo(pairs(Situation.all()));
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  @Tag("network")
  void clients_near_and_far_get_answers_from_an_address_on_eth0(Family family) throws Exception {
    String namespace;
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      namespace = lab.host();
      addPlainly(lab, "eth0");
      assertThat(lab.answers(lab.client(ClientPlace.ON_LINK), lab.vip())).isTrue();
      try (Pinger pinger = lab.pinger(lab.far(), lab.vip())) {
        assertThat(pinger.awaitReplies(20, Duration.ofSeconds(5))).isTrue();
        assertThat(pinger.longestGap()).isLessThan(Duration.ofMillis(500));
        lab.blackhole("eth0");
        assertThat(pinger.awaitReplies(20, Duration.ofMillis(600))).isFalse();
        assertThat(pinger.longestGap()).isGreaterThan(Duration.ofMillis(300));
      }
    }
    assertThat(java.nio.file.Path.of("/run/netns", namespace)).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  @Tag("network")
  void a_fault_ends_the_answers(Fault fault) {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4).withHardening())) {
      addPlainly(lab, "eth0");
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
      lab.apply(fault, "eth0");
      assertThat(lab.answers(lab.client(), lab.vip())).isEqualTo(fault == Fault.NONE);
    }
  }

  private static void addPlainly(NetLab lab, String on) {
    if (lab.vip().contains(":")) {
      lab.ok(lab.host(), "ip", "addr", "add", lab.vipAndPrefix(), "dev", on, "nodad");
    } else {
      lab.ok(lab.host(), "ip", "addr", "add", lab.vipAndPrefix(), "dev", on);
    }
  }

  private static HashSet<String> pairs(Iterable<Situation> situations) {
    HashSet<String> pairs = new HashSet<>();
    for (Situation one : situations) {
      Object[] values = {one.family(), one.fault(), one.own(), "h" + one.hardened(), one.client()};
      for (int i = 0; i < values.length; i++) {
        for (int j = i + 1; j < values.length; j++) {
          pairs.add(values[i] + " and " + values[j]);
        }
      }
    }
    return pairs;
  }
}
