package org.lkipbu.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.State;
import org.lkipbu.net.Proof;
import org.lkipbu.ops.CheckHealth.Depth;
import org.lkipbu.ops.Health.Fault;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CheckHealthTest {

  @TempDir Path folder;

  private Bench bench(State state, Map<String, String> settings) {
    return new Bench(folder, Bench.INFO, state, settings);
  }

  private Bench bench() {
    return bench(State.ISP, Map.of());
  }

  private static Health check(Bench bench, Depth depth) {
    return bench.checkHealth().run(Bench.TAG, depth);
  }

  @Test
  void a_healthy_address_is_refreshed_asked_and_found_healthy() {
    Bench bench = bench();

    Health health = check(bench, Depth.FULL);

    assertThat(health.healthy()).isTrue();
    assertThat(health.proof()).get().extracting(Proof::witness).isEqualTo("10.0.0.2");
    assertThat(bench.host.done).containsExactly("verify eth0");
    assertThat(bench.host.recorded).containsExactly("routes on eth0");
    assertThat(health.orFail()).isSameAs(health);
  }

  @Test
  void a_quick_check_asks_nobody_and_a_look_changes_nothing() {
    Bench bench = bench();

    assertThat(check(bench, Depth.QUICK).healthy()).isTrue();
    assertThat(bench.host.recorded).containsExactly("routes on eth0");
    assertThat(check(bench, Depth.LOOK).healthy()).isTrue();
    assertThat(bench.host.recorded).hasSize(1);
    assertThat(bench.host.done).isEmpty();
  }

  @Test
  void what_is_wrong_is_named_the_first_of_it() {
    Bench bench = bench();
    bench.host.answering.remove("eth0");
    assertThat(check(bench, Depth.FULL).fault()).isEqualTo(Fault.SILENT);
    bench.host.refusing.add("eth0");
    assertThat(check(bench, Depth.FULL).fault()).isEqualTo(Fault.ROUTES);
    bench.host.holding.clear();
    bench.host.holding.add("eth1");
    assertThat(check(bench, Depth.FULL).reason())
        .isEqualTo("10.0.0.50 is not configured on eth0 but on eth1");
    bench.host.linked.remove("eth0");
    assertThat(check(bench, Depth.LOOK).fault()).isEqualTo(Fault.NO_LINK);
    bench.host.present.remove("eth0");
    assertThat(check(bench, Depth.FULL).reason()).isEqualTo("there is no interface eth0");
    assertThatThrownBy(() -> check(bench, Depth.FULL).orFail())
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.UNHEALTHY));
  }

  @Test
  void an_instance_out_of_service_is_not_healthy_and_its_leftovers_go() {
    Bench bench = bench(State.OSU, Map.of());

    assertThat(check(bench, Depth.FULL).fault()).isEqualTo(Fault.OUT_OF_SERVICE);
    assertThat(bench.host.recorded).containsExactly("routes on eth0");
  }

  @Test
  void link_does_not_count_where_the_settings_say_so() {
    Bench bench = bench(State.ISP, Map.of("IP_NOLINKCHECK", "1"));
    bench.host.linked.remove("eth0");

    assertThat(check(bench, Depth.FULL).healthy()).isTrue();
  }

  @Test
  void an_instance_that_is_held_for_too_long_is_not_judged() {
    Bench bench = bench();

    try (InstanceLock.Held held = bench.lock.acquire(Bench.TAG, "move")) {
      assertThatThrownBy(() -> check(bench, Depth.QUICK))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.BUSY));
      assertThat(check(bench, Depth.LOOK).healthy()).isTrue();
    }
  }
}
