package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Pinger;
import org.lkipbu.lab.Situation.Family;
import org.lkipbu.lab.Situation.Fault;
import org.lkipbu.lab.Situation.OwnAddresses;

@org.junit.jupiter.api.Tag("network")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProbePreflightTest {

  private static final Tag TAG = new Tag("ip-test");
  private static final InterfaceName ETH0 = new InterfaceName("eth0");
  private static final InterfaceName ETH1 = new InterfaceName("eth1");

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_good_backup_is_known_by_the_answer_of_the_primary_itself(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family).withHardening())) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      long start = System.nanoTime();
      check(probe, new Surroundings(java.util.List.of(), true));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(700));
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_backup_on_a_wrong_segment_is_refused_and_clients_notice_nothing(Family family)
      throws Exception {
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      lab.wrongSegment("eth1");
      try (Pinger pinger = lab.pinger(lab.client(), lab.vip())) {
        assertThat(pinger.awaitReplies(10, Duration.ofSeconds(3))).isTrue();
        String vip = lab.cached(lab.client(), lab.vip());
        Surroundings before = probe.verifier().observe(probe.address(), ETH0);
        assertThat(before.neighbours()).isNotEmpty();
        refused(probe, before, "not on the network of eth0");
        assertThat(pinger.longestGap()).isLessThan(Duration.ofMillis(300));
        assertThat(lab.cached(lab.client(), lab.vip())).isEqualTo(vip);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void asking_moves_nothing_in_the_cache_of_a_client(Family family) {
    LabPlan plan = LabPlan.of(family).withOwn(OwnAddresses.ETH0_ONLY).withHardening();
    try (NetLab lab = new NetLab(plan)) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      String host = family == Family.IPV4 ? "10.0.0.10" : "fd00:10::10";
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
      assertThat(lab.answers(lab.client(), host)).isTrue();
      Surroundings before = probe.verifier().observe(probe.address(), ETH0);
      lab.blackhole("eth0");
      check(probe, before);
      String eth0 = lab.mac(lab.host(), "eth0");
      assertThat(lab.cached(lab.client(), lab.vip())).isEqualTo(eth0);
      assertThat(lab.cached(lab.client(), host)).isEqualTo(eth0);
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_backup_without_link_is_refused(Fault fault) {
    if (fault == Fault.NONE || fault == Fault.BLACKHOLED) {
      return;
    }
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      lab.apply(fault, "eth1");
      refused(
          probe,
          new Surroundings(java.util.List.of(), true),
          fault == Fault.SET_DOWN ? "set down" : "no link");
    }
  }

  @Test
  void a_backup_that_is_gone_is_refused() {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      lab.ok(lab.host(), "ip", "link", "del", "eth1");
      refused(probe, new Surroundings(java.util.List.of(), true), "does not exist");
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void another_machine_that_took_the_address_is_found_by_its_mac(Family family) {
    for (Fault fault : new Fault[] {Fault.CARRIER_LOST, Fault.BLACKHOLED}) {
      try (NetLab lab = new NetLab(LabPlan.of(family))) {
        NetProbe probe = new NetProbe(lab);
        probe.address("eth0");
        assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
        probe.verifier().observe(probe.address(), ETH0);
        lab.apply(fault, "eth0");
        String other = lab.addMachine("x", lab.vipAndPrefix());
        Surroundings before = probe.verifier().observe(probe.address(), ETH0);
        assertThat(before.neighbours()).isNotEmpty();
        refused(probe, before, lab.mac(other, "eth0"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void silence_does_not_delay_the_move_from_a_dead_primary(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      lab.cutCarrier("eth0");
      long start = System.nanoTime();
      check(probe, new Surroundings(java.util.List.of(), false));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void an_entry_of_the_ping_list_shows_the_segment_too() throws Exception {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      lab.blackhole("eth0");
      Surroundings before = new Surroundings(java.util.List.of(), true);
      refused(probe, before, "not on the network");
      probe.list(TAG, "10.0.0.2 # the client\n");
      check(probe, before);
    }
  }

  private static void check(NetProbe probe, Surroundings before) {
    assertThatCode(() -> probe.preflight().check(TAG, probe.address(), ETH0, ETH1, before))
        .doesNotThrowAnyException();
  }

  private static void refused(NetProbe probe, Surroundings before, String why) {
    assertThatThrownBy(() -> probe.preflight().check(TAG, probe.address(), ETH0, ETH1, before))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(why)
        .extracting(failure -> ((Failure) failure).kind())
        .isEqualTo(Failure.Kind.MOVE_FAILED);
  }
}
