package org.lkipbu.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackupNamesTest {

  private static final String NONE = "node1 eth0 10.0.0.50 ffffff00 none";

  @TempDir Path folder;

  @Test
  void a_backup_is_named_and_removed() {
    Bench bench = new Bench(folder, NONE, State.ISP);

    bench.add().run(Bench.TAG, new InterfaceName("eth1"));
    assertThat(bench.store.info()).isEqualTo(Bench.INFO);

    bench.remove().run(Bench.TAG, new InterfaceName("eth1"));
    assertThat(bench.store.info()).isEqualTo(NONE);
    assertThat(bench.host.done).isEmpty();
  }

  @Test
  void the_routes_of_an_address_in_service_are_recorded_for_the_day_of_the_move() {
    Bench bench = new Bench(folder, NONE, State.ISP);
    bench.add().run(Bench.TAG, new InterfaceName("eth1"));
    assertThat(bench.host.recorded).containsExactly("routes on eth0");
  }

  @Test
  void nothing_is_recorded_of_an_address_out_of_service() {
    Bench bench = new Bench(folder, NONE, State.OSU);
    bench.add().run(Bench.TAG, new InterfaceName("eth1"));
    assertThat(bench.host.recorded).isEmpty();
  }

  @Test
  void a_backup_that_takes_smaller_packets_is_told() {
    Bench bench = new Bench(folder, NONE, State.ISP);

    assertThat(bench.add().run(Bench.TAG, new InterfaceName("eth1")).backupTakesLess()).isTrue();
  }

  @Test
  void a_second_backup_is_refused_even_when_it_is_no_interface() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);

    assertFails(
        () -> bench.add().run(Bench.TAG, new InterfaceName("nosuch0")), Failure.Kind.EXISTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0", "lo", "nosuch0"})
  void the_primary_the_loopback_and_what_is_not_there_are_no_backups(String name) {
    Bench bench = new Bench(folder, NONE, State.ISP);

    assertFails(() -> bench.add().run(Bench.TAG, new InterfaceName(name)), Failure.Kind.ILLEGAL);
    assertThat(bench.store.info()).isEqualTo(NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0", "eth1"})
  void members_of_a_vrf_are_no_primary_and_no_backup(String name) {
    Bench bench = new Bench(folder, NONE, State.ISP);
    bench.host.inVrf.add(name);

    assertFails(() -> bench.add().run(Bench.TAG, new InterfaceName("eth1")), Failure.Kind.ILLEGAL);
    assertThat(bench.store.info()).isEqualTo(NONE);
  }

  @Test
  void only_the_backup_itself_can_be_removed() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);
    Bench without = new Bench(folder, NONE, State.ISP);

    assertFails(
        () -> bench.remove().run(Bench.TAG, new InterfaceName("eth0")), Failure.Kind.NOT_FOUND);
    assertFails(
        () -> without.remove().run(Bench.TAG, new InterfaceName("eth1")), Failure.Kind.NOT_FOUND);
    assertThat(bench.store.info()).isEqualTo(Bench.INFO);
  }

  @Test
  void a_tag_that_is_not_there_comes_before_the_interface_and_leaves_no_lock_file() {
    Bench bench = new Bench(folder, NONE, State.ISP);

    assertFails(
        () -> bench.add().run(new Tag("nosuch"), new InterfaceName("lo")), Failure.Kind.NOT_FOUND);
    assertThat(folder.resolve("locks/nosuch")).doesNotExist();
  }

  @Test
  void the_status_is_up_only_with_address_and_link() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);
    assertThat(bench.status().run(Bench.TAG).up()).isTrue();

    bench.host.linked.remove("eth0");
    assertThat(bench.status().run(Bench.TAG).up()).isFalse();

    bench.host.linked.add("eth0");
    bench.host.holding.remove("eth0");
    assertThat(bench.status().run(Bench.TAG).up()).isFalse();
  }

  private static void assertFails(ThrowingCallable action, Failure.Kind kind) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }
}
