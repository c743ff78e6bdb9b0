package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PulseTest {

  private static final Path HOME = Path.of("scripts").toAbsolutePath();

  @ParameterizedTest
  @EnumSource(Family.class)
  @Tag("network")
  void of_many_that_ask_at_once_each_gets_its_own_answer(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      boolean ipv6 = family == Family.IPV6;
      Pulse pulse = new Pulse(lab.runner(lab.host()), HOME, Duration.ofSeconds(1));
      InetAddress client = Addresses.parsed(lab.clientAddress());
      List<CompletableFuture<Boolean>> answers = new ArrayList<>();
      ExecutorService threads = Executors.newFixedThreadPool(20);
      for (int i = 60; i < 80; i++) {
        String host = lab.vip().replaceAll("50$", Integer.toString(i));
        ProtectedAddress from = new ProtectedAddress(Addresses.parsed(host), ipv6 ? 64 : 24);
        if (i % 2 == 0) {
          String[] command = {"ip", "addr", "add", from.toString(), "dev", "eth0", "nodad"};
          lab.ok(lab.host(), ipv6 ? command : java.util.Arrays.copyOf(command, 6));
        }
        answers.add(CompletableFuture.supplyAsync(() -> pulse.answers(from, client), threads));
      }
      for (int i = 60; i < 80; i++) {
        assertThat(answers.get(i - 60).join()).as("address %s", i).isEqualTo(i % 2 == 0);
      }
      threads.shutdown();
    }
  }

  @Test
  void only_a_proof_by_an_echo_names_a_witness_that_can_be_asked_again() {
    for (Proof.Kind kind : Proof.Kind.values()) {
      boolean echo = kind != Proof.Kind.LINK_LAYER && kind != Proof.Kind.LINK_ONLY;
      assertThat(Pulse.witness(new Proof(kind, "10.0.0.2", Duration.ZERO)).isPresent())
          .as("%s", kind)
          .isEqualTo(echo);
    }
  }
}
