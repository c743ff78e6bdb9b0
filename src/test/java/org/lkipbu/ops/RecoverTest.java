package org.lkipbu.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.State;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RecoverTest {

  @TempDir Path folder;

  private Bench bench(String info, State state) {
    return new Bench(folder, info, state);
  }

  private Bench bench() {
    return bench(Bench.INFO, State.ISP);
  }

  @Test
  void an_address_that_was_only_lost_is_put_back_where_it_was() {
    Bench bench = bench();
    bench.host.holding.clear();

    Recover.Recovered done = bench.recover();

    assertThat(done.moved()).isFalse();
    assertThat(bench.host.done).containsExactly("restore eth0", "verify eth0");
    assertThat(bench.host.holding).containsExactly("eth0");
    assertThat(bench.store.info()).isEqualTo(Bench.INFO);
  }

  @Test
  void a_primary_without_link_is_not_tried() {
    Bench bench = bench();
    bench.host.linked.remove("eth0");

    Recover.Recovered done = bench.recover();

    assertThat(done.moved()).isTrue();
    assertThat(done.reason()).contains("eth0", "no link");
    assertThat(bench.host.done).containsExactly("preflight eth1", "move eth0 eth1", "verify eth1");
    assertThat(bench.store.info()).isEqualTo(Bench.SWAPPED);
  }

  @Test
  void a_primary_without_link_is_tried_where_link_does_not_count() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP, Map.of("IP_NOLINKCHECK", "1"));
    bench.host.linked.remove("eth0");

    assertThat(bench.recover().moved()).isFalse();
  }

  @Test
  void an_address_that_is_silent_or_refused_on_the_primary_moves() {
    Bench silent = bench();
    silent.host.answering.remove("eth0");
    Bench refused = bench();
    refused.host.refusing.add("eth0");

    assertThat(silent.recover().to()).hasToString("eth1");
    assertThat(refused.recover().to()).hasToString("eth1");
    assertThat(silent.store.info()).isEqualTo(Bench.SWAPPED);
  }

  @Test
  void with_both_interfaces_dead_INFO_is_what_it_was() {
    Bench bench = bench();
    bench.host.answering.clear();

    assertFails(bench::recover, Failure.Kind.MOVE_FAILED);
    assertThat(bench.store.info()).isEqualTo(Bench.INFO);
    assertThat(bench.host.holding).containsExactly("eth0");
  }

  @Test
  void without_a_backup_the_address_stays_and_is_not_healthy() {
    Bench bench = bench("node1 eth0 10.0.0.50 ffffff00 none", State.ISP);
    bench.host.answering.clear();

    assertFails(bench::recover, Failure.Kind.UNHEALTHY);
    assertThat(bench.host.holding).containsExactly("eth0");
  }

  @Test
  void an_address_that_another_machine_has_does_not_move() {
    Bench bench = bench();
    bench.host.atRestore =
        () -> {
          throw new Failure(Failure.Kind.EXISTS, "another machine has it", "find it");
        };

    assertFails(bench::recover, Failure.Kind.EXISTS);
    assertThat(bench.host.done).containsExactly("restore eth0");
  }

  @Test
  void an_instance_out_of_service_is_left_alone() {
    Bench bench = bench(Bench.INFO, State.OSU);

    assertFails(bench::recover, Failure.Kind.UNHEALTHY);
    assertThat(bench.host.done).isEmpty();
  }

  @Test
  void a_move_is_not_begun_when_too_little_time_is_left() {
    Bench bench = bench();
    bench.host.linked.remove("eth0");

    assertFails(() -> bench.recover(Duration.ofSeconds(2)), Failure.Kind.UNHEALTHY);
    assertThat(bench.host.done).isEmpty();
  }

  private static void assertFails(ThrowingCallable call, Failure.Kind kind) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
