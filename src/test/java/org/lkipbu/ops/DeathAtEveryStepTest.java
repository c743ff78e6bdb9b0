package org.lkipbu.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.State;

/**
 * The process dies before, within or after each thing that a move does to the host or the store,
 * and again in each thing that the repair does; then one repair runs undisturbed.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeathAtEveryStepTest {

  /** Ends a command where it stands, as no handler of exceptions sees it. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"all is well", "the backup does not answer", "the primary is dead"})
  void the_address_ends_on_exactly_the_interface_that_INFO_names(String situation) {
    int deaths = 0;
    boolean died = true;
    for (int first = 1; died; first++) {
      boolean diedAgain = true;
      for (int second = 1; diedAgain; second++) {
        Bench bench = bench(situation, "m" + first + "r" + second);
        died = dies(first, bench, bench::move);
        deaths += died && second == 1 ? 1 : 0;
        diedAgain = dies(second, bench, () -> bench.repairMoves().runAll());
        deaths += diedAgain ? 1 : 0;

        bench.repairMoves().runAll();

        assertSettled(bench, situation + ", died at step " + first + ", then at " + second);
      }
    }
    assertThat(deaths).isGreaterThan(30);
  }

  @Test
  void the_next_move_settles_first_and_then_moves() {
    boolean died = true;
    for (int step = 1; died; step++) {
      Bench bench = bench("all is well", "n" + step);
      died = dies(step, bench, bench::move);
      try {
        bench.move();
      } catch (Failure e) {
        assertThat(e.kind()).isEqualTo(Failure.Kind.MOVE_FAILED);
      }
      assertSettled(bench, "died at step " + step);
    }
  }

  private Bench bench(String situation, String name) {
    Bench bench = new Bench(folder.resolve(name), Bench.INFO, State.ISP);
    switch (situation) {
      case "the backup does not answer" -> bench.host.answering.remove("eth1");
      case "the primary is dead" -> {
        bench.host.answering.remove("eth0");
        bench.host.linked.remove("eth0");
      }
      default -> {}
    }
    return bench;
  }

  private static boolean dies(int step, Bench bench, Runnable command) {
    int[] left = {step};
    Runnable count =
        () -> {
          if (--left[0] == 0) {
            throw new Death();
          }
        };
    bench.host.atStep = count;
    bench.store.atStep = count;
    try {
      command.run();
    } catch (Death e) {
      return true;
    } catch (Failure e) {
      // The command itself has ended, with an error that it is expected to have.
    } finally {
      bench.host.atStep = () -> {};
      bench.store.atStep = () -> {};
    }
    return false;
  }

  private static void assertSettled(Bench bench, String when) {
    String primary = bench.store.info().split(" ")[1];
    assertThat(bench.store.info()).as(when).isIn(Set.of(Bench.INFO, Bench.SWAPPED));
    assertThat(bench.host.holding).as(when).containsExactly(primary);
    assertThat(bench.journal.tags(failure -> {})).as(when).isEmpty();
  }
}
