package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.Pinger;
import org.lkipbu.lab.Situation;

/** A move leaves a client with an answer, whatever broke and however the host is set up. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class SituationsTest {

  @Tag("network")
  @ParameterizedTest
  @MethodSource("covering")
  void the_client_is_answered_after_a_move(Situation situation) throws Exception {
    moves(situation);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("others")
  void the_client_is_answered_after_a_move_in_every_other_situation(Situation situation)
      throws Exception {
    moves(situation);
  }

  private static void moves(Situation situation) throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(situation))) {
      String client = host.lab.client(situation.client());
      assertThat(host.lab.answers(client, host.lab.vip())).as("before the fault").isTrue();
      try (Pinger pinger = host.lab.pinger(client, host.lab.vip(), Duration.ofMillis(50))) {
        assertThat(pinger.awaitReplies(2, Duration.ofSeconds(2))).isTrue();
        host.lab.apply(situation.fault(), "eth0");

        CommandResult moved = host.lab.lkipbu("-m", "-t", ProtectedHost.TAG);

        host.succeeds(moved);
        assertThat(host.interfacesOfAddress()).isEqualTo("eth1");
        assertThat(host.storedInfo()).isEqualTo(host.info("eth1", "eth0"));
        assertThat(pinger.awaitReplies(20, Duration.ofSeconds(4)))
            .as("the client is answered after the move%n%s", picture(host))
            .isTrue();
      }
    }
  }

  private static String picture(ProtectedHost host) {
    StringBuilder picture = new StringBuilder();
    for (String what : List.of("addr", "rule", "route show table all", "neigh")) {
      for (String family : List.of("-4", "-6")) {
        picture.append(
            host.lab.run(host.lab.host(), ("ip " + family + " " + what).split(" ")).out());
      }
    }
    return picture.toString();
  }

  static List<Situation> covering() {
    return Situation.covering();
  }

  static List<Situation> others() {
    return Situation.all().stream().filter(one -> !Situation.covering().contains(one)).toList();
  }
}
