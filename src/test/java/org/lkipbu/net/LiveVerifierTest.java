package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;

@org.junit.jupiter.api.Tag("network")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LiveVerifierTest {

  private static final Tag TAG = new Tag("ip-test");
  private static final InterfaceName ETH0 = new InterfaceName("eth0");
  private static final InterfaceName ETH1 = new InterfaceName("eth1");
  private static final Surroundings NOBODY = new Surroundings(List.of(), true);

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_broadcast_reply_is_the_strongest_proof_and_quick(Family family) {
    // Hardened: else eth1 may answer ARP for the address, and what arrives there a socket that is
    // bound to eth0 does not see.
    LabPlan plan = LabPlan.of(family).withBroadcastAnswered().withHardening();
    try (NetLab lab = new NetLab(plan)) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      // Without a gateway nobody else is known who could answer first.
      lab.ok(lab.host(), "ip", family == Family.IPV4 ? "-4" : "-6", "route", "del", "default");
      Proof proof = probe.verifier().verify(TAG, probe.address(), ETH0, NOBODY);
      assertThat(proof.kind()).isEqualTo(Proof.Kind.BROADCAST);
      assertThat(proof.took()).isLessThan(Duration.ofMillis(700));
      assertThat(
              probe.with(false, true).verifier().verify(TAG, probe.address(), ETH0, NOBODY).kind())
          .isEqualTo(Proof.Kind.BROADCAST);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void where_nobody_answers_broadcasts_a_known_neighbour_is_asked(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
      assertThat(lab.answers(lab.far(), lab.vip())).isTrue();
      Surroundings before = probe.verifier().observe(probe.address(), ETH0);
      assertThat(before.primaryAlive()).isTrue();
      assertThat(before.neighbours().get(0).gateway()).isTrue();
      assertThat(before.neighbours())
          .extracting(Neighbour::address)
          .contains(Addresses.parsed(lab.routerAddress()), Addresses.parsed(lab.clientAddress()));
      Proof proof = probe.verifier().verify(TAG, probe.address(), ETH0, before);
      assertThat(proof.kind()).isEqualTo(Proof.Kind.NEIGHBOUR_ECHO);
      assertThat(proof.took()).isLessThan(Duration.ofMillis(700));
      assertThatThrownBy(
              () -> probe.with(false, true).verifier().verify(TAG, probe.address(), ETH0, before))
          .isInstanceOf(Failure.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void where_icmp_is_dropped_the_link_layer_and_the_route_are_the_proof(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
      Surroundings before = probe.verifier().observe(probe.address(), ETH0);
      String key =
          family == Family.IPV4 ? "net.ipv4.icmp_echo_ignore_all" : "net.ipv6.icmp.echo_ignore_all";
      lab.sysctl(lab.client(), key, "1");
      lab.sysctl(lab.router(), key, "1");
      NetProbe patient = probe.withTries(2);
      Proof proof = patient.verifier().verify(TAG, probe.address(), ETH0, before);
      assertThat(proof.kind()).isEqualTo(Proof.Kind.LINK_LAYER);
      probe.movePlainly();
      lab.cutCarrier("eth0");
      assertThatThrownBy(() -> patient.verifier().verify(TAG, probe.address(), ETH1, before))
          .isInstanceOf(Failure.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_broadcast_reply_does_not_hide_that_answers_leave_by_the_dead_interface(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family).withBroadcastAnswered())) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
      Surroundings before = probe.verifier().observe(probe.address(), ETH0);
      probe.movePlainly();
      lab.blackhole("eth0");
      String target = family == Family.IPV4 ? "10.0.0.255" : "ff02::1";
      String[] bound = {
        "ping", "-n", "-b", "-c", "2", "-W", "1", "-I", "eth1", "-I", lab.vip(), target
      };
      if (family == Family.IPV4) {
        assertThat(lab.run(lab.host(), bound).out()).contains("bytes from");
      }
      assertThat(lab.answers(lab.client(), lab.vip())).isFalse();
      assertThatThrownBy(
              () -> probe.withTries(2).verifier().verify(TAG, probe.address(), ETH1, before))
          .isInstanceOf(Failure.class)
          .extracting(failure -> ((Failure) failure).kind())
          .isEqualTo(Failure.Kind.UNHEALTHY);
    }
  }

  @Test
  void a_ping_list_is_asked_in_place_of_everybody_else() throws Exception {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4).withBroadcastAnswered())) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      probe.list(TAG, "# systems that are always there\n10.0.0.99\n" + lab.clientAddress() + "\n");
      Proof proof = probe.verifier().verify(TAG, probe.address(), ETH0, NOBODY);
      assertThat(proof.kind()).isEqualTo(Proof.Kind.PING_LIST);
      assertThat(proof.witness()).isEqualTo(lab.clientAddress());
      probe.list(TAG, "10.0.0.99\n");
      assertThatThrownBy(() -> probe.verifier().verify(TAG, probe.address(), ETH0, NOBODY))
          .hasMessageContaining("ping list");
    }
  }

  @Test
  void without_broadcast_pings_link_and_address_are_all_there_is() {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      NetProbe probe = new NetProbe(lab).with(true, false);
      assertThatThrownBy(() -> probe.verifier().verify(TAG, probe.address(), ETH0, NOBODY))
          .hasMessageContaining("not configured");
      probe.address("eth0");
      assertThat(probe.verifier().verify(TAG, probe.address(), ETH0, NOBODY).kind())
          .isEqualTo(Proof.Kind.LINK_ONLY);
      lab.cutCarrier("eth0");
      assertThatThrownBy(() -> probe.verifier().verify(TAG, probe.address(), ETH0, NOBODY))
          .hasMessageContaining("no link");
    }
  }

  @Test
  void where_ping_is_missing_that_is_what_is_said(@TempDir Path folder) {
    FakePrograms programs = new FakePrograms().answer("ip ", 0, "", "");
    LiveVerifier verifier =
        new LiveVerifier(
            programs,
            new PingSettings(1, Duration.ofMillis(200), false, false),
            new PingList(folder),
            new NeighbourMemory(folder));
    ProtectedAddress address = new ProtectedAddress(Addresses.parsed("10.0.0.50"), 24);
    assertThatThrownBy(() -> verifier.verify(TAG, address, ETH0, NOBODY))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("10.0.0.50 on eth0 cannot be verified, the program ping")
        .hasMessageEndingWith("is not installed");
  }

  @Test
  void an_empty_network_fails_in_time_and_advises_a_ping_list() {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      lab.ok(lab.host(), "ip", "route", "del", "default");
      long start = System.nanoTime();
      assertThatThrownBy(() -> probe.verifier().verify(TAG, probe.address(), ETH0, NOBODY))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.advice()).contains("pinglist/ip-test"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void neighbours_are_remembered_when_the_interface_dies(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      NetProbe probe = new NetProbe(lab);
      probe.address("eth0");
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
      Surroundings alive = probe.verifier().observe(probe.address(), ETH0);
      lab.cutCarrier("eth0");
      Surroundings dead = probe.verifier().observe(probe.address(), ETH0);
      assertThat(dead.primaryAlive()).isFalse();
      assertThat(dead.neighbours()).isEqualTo(alive.neighbours()).isNotEmpty();
    }
  }
}
