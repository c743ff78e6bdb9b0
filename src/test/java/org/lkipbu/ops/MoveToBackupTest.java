package org.lkipbu.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.State;
import org.lkipbu.net.Proof;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MoveToBackupTest {

  @TempDir Path folder;

  @Test
  void an_address_in_service_moves_is_verified_and_then_the_names_change_places() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);

    MoveToBackup.Moved moved = bench.move();

    assertThat(bench.host.done).containsExactly("preflight eth1", "move eth0 eth1", "verify eth1");
    assertThat(bench.host.holding).containsExactly("eth1");
    assertThat(bench.store.info()).isEqualTo(Bench.SWAPPED);
    assertThat(moved.proof()).get().extracting(Proof::witness).isEqualTo("10.0.0.2");
    assertNoJournal(bench);
  }

  @Test
  void the_journal_is_on_the_disk_and_INFO_unchanged_while_the_address_moves() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISU);
    bench.host.atMove =
        () -> {
          MoveIntent intent = bench.journal.read(Bench.TAG).orElseThrow();
          assertThat(intent.oldInfo()).isEqualTo(Bench.INFO);
          assertThat(intent.newInfo()).isEqualTo(Bench.SWAPPED);
          assertThat(bench.store.info()).isEqualTo(Bench.INFO);
        };

    bench.move();

    assertThat(bench.store.info()).isEqualTo(Bench.SWAPPED);
  }

  @Test
  void an_address_out_of_service_has_its_names_swapped_and_nothing_else() {
    Bench bench = new Bench(folder, Bench.INFO, State.OSU);

    assertThat(bench.move().proof()).isEmpty();

    assertThat(bench.host.done).isEmpty();
    assertThat(bench.store.info()).isEqualTo(Bench.SWAPPED);
  }

  @Test
  void there_must_be_a_backup() {
    Bench bench = new Bench(folder, "node1 eth0 10.0.0.50 ffffff00 none", State.ISP);

    assertFails(bench::move, Failure.Kind.NOT_FOUND);
    assertThat(bench.host.done).isEmpty();
  }

  @Test
  void a_backup_that_is_gone_or_without_link_is_found_before_the_address_is_touched() {
    Bench gone = new Bench(folder, Bench.INFO, State.ISP);
    gone.host.present.remove("eth1");
    Bench dead = new Bench(folder, Bench.INFO, State.ISP);
    dead.host.linked.remove("eth1");

    assertFails(gone::move, Failure.Kind.MOVE_FAILED);
    assertFails(dead::move, Failure.Kind.MOVE_FAILED);
    assertThat(gone.host.done).isEmpty();
    assertThat(dead.host.done).isEmpty();
  }

  @Test
  void the_link_check_can_be_turned_off() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP, Map.of("IP_NOLINKCHECK", "1"));
    bench.host.linked.remove("eth1");

    bench.move();

    assertThat(bench.host.holding).containsExactly("eth1");
  }

  @Test
  void an_address_that_does_not_answer_on_the_backup_goes_back() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);
    bench.host.answering.remove("eth1");

    Failure failure = assertFails(bench::move, Failure.Kind.MOVE_FAILED);

    assertThat(failure.advice()).contains("10.0.0.50 is on eth0 and answers");
    assertThat(bench.host.holding).containsExactly("eth0");
    assertThat(bench.store.info()).isEqualTo(Bench.INFO);
    assertNoJournal(bench);
  }

  @Test
  void the_message_says_when_it_does_not_answer_at_home_either() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);
    bench.host.answering.clear();

    Failure failure = assertFails(bench::move, Failure.Kind.MOVE_FAILED);

    assertThat(failure.advice()).contains("is on eth0 but does not answer");
  }

  @Test
  void a_move_that_the_kernel_refuses_leaves_everything_as_it_was() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);
    bench.host.refusing.add("eth1");

    assertFails(bench::move, Failure.Kind.MOVE_FAILED);

    assertThat(bench.host.holding).containsExactly("eth0");
    assertThat(bench.store.info()).isEqualTo(Bench.INFO);
    assertNoJournal(bench);
  }

  @Test
  void an_address_that_is_nowhere_is_said_and_the_journal_stays_for_the_next_command() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);
    bench.host.refusing.add("eth0");
    bench.host.refusing.add("eth1");

    assertFails(bench::move, Failure.Kind.ADDRESS_LOST);

    assertThat(bench.store.info()).isEqualTo(Bench.INFO);
    assertThat(bench.journal.read(Bench.TAG)).isPresent();
  }

  @Test
  void an_address_that_cannot_go_back_stays_and_INFO_says_where_it_is() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);
    bench.host.answering.remove("eth1");
    bench.host.refusing.add("eth0");

    Failure failure = assertFails(bench::move, Failure.Kind.MOVE_FAILED);

    assertThat(failure.advice()).contains("10.0.0.50 stays on eth1");
    assertThat(bench.host.holding).containsExactly("eth1");
    assertThat(bench.store.info()).isEqualTo(Bench.SWAPPED);
  }

  @Test
  void a_full_disk_stops_the_move_before_the_address_is_touched() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);
    bench.store.full = true;

    assertFails(bench::move, Failure.Kind.SYSTEM);

    assertThat(bench.host.done).doesNotContain("move eth0 eth1");
    assertThat(bench.host.holding).containsExactly("eth0");
  }

  @Test
  void a_store_that_refuses_the_new_INFO_brings_the_address_back() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);
    bench.store.refusesCommit = true;

    assertFails(bench::move, Failure.Kind.MOVE_FAILED);

    assertThat(bench.host.holding).containsExactly("eth0");
    assertThat(bench.store.info()).isEqualTo(Bench.INFO);
  }

  @Test
  void an_address_that_arrived_although_the_move_failed_is_verified_like_any_other() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);
    bench.host.atMove =
        () -> {
          bench.host.holding.remove("eth0");
          bench.host.holding.add("eth1");
          throw new Failure(Failure.Kind.ADDRESS_LOST, "it is on eth1 against INFO", "");
        };

    bench.move();

    assertThat(bench.host.holding).containsExactly("eth1");
    assertThat(bench.store.info()).isEqualTo(Bench.SWAPPED);
    assertNoJournal(bench);
  }

  @Test
  void a_bug_in_the_verification_brings_the_address_back_too() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);
    bench.host.atVerify =
        () -> {
          bench.host.atVerify = () -> {};
          throw new IllegalStateException("a bug");
        };

    Failure failure = assertFails(bench::move, Failure.Kind.MOVE_FAILED);

    assertThat(failure.problem()).contains("internal error").contains("a bug");
    assertThat(bench.host.holding).containsExactly("eth0");
    assertThat(bench.store.info()).isEqualTo(Bench.INFO);
    assertNoJournal(bench);
  }

  @Test
  void a_store_that_takes_the_new_INFO_and_says_that_it_did_not_is_found_out() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);
    bench.store.refusesCommit = true;
    bench.store.liesAboutCommit = true;

    assertFails(bench::move, Failure.Kind.MOVE_FAILED);
    bench.store.refusesCommit = false;
    bench.repairMoves().runAll();

    String primary = bench.store.info().split(" ")[1];
    assertThat(bench.host.holding).containsExactly(primary);
    assertNoJournal(bench);
  }

  @Test
  void another_operation_on_the_instance_is_waited_for_and_then_named() {
    Bench bench = new Bench(folder, Bench.INFO, State.ISP);
    try (InstanceLock.Held held = bench.lock.acquire(Bench.TAG, "test")) {
      assertFails(bench::move, Failure.Kind.BUSY);
    }
    bench.move();
  }

  private static void assertNoJournal(Bench bench) {
    assertThat(bench.journal.read(Bench.TAG)).isEmpty();
  }

  private static Failure assertFails(ThrowingCallable action, Failure.Kind kind) {
    Failure[] seen = new Failure[1];
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).as(failure.problem()).isEqualTo(kind);
              seen[0] = failure;
            });
    return seen[0];
  }
}
