package org.lkipbu.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lkipbu.crash.CrashLab.TAG;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.crash.StepwiseMove.Fault;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.Situation.Family;

/** Moves that something ends midway, and what the next command makes of them. */
@org.junit.jupiter.api.Tag("network")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InterruptedMoveNetworkTest {

  private static final List<Fault> DEATHS =
      List.of(Fault.COMMAND_DIES, Fault.ALL_DIE_BEFORE, Fault.ALL_DIE_AFTER);

  private CrashLab host;

  /** What was done to the moves, for the line that is printed at the end. */
  private int faults;

  private int midway;

  @AfterEach
  void remove_the_network() {
    if (host != null) {
      host.close();
    }
  }

  @Test
  void a_move_killed_at_some_steps_and_instants_is_put_right_by_the_next_command()
      throws Exception {
    host = new CrashLab(Family.IPV4);
    StepwiseMove moves = new StepwiseMove(host.lab);
    int steps = moves.count();
    Random random = new Random(7);
    for (Fault fault : DEATHS) {
      interruptAt(moves, 1 + random.nextInt(steps), fault);
    }
    killAtRandom(3, random);
    report();
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  @org.junit.jupiter.api.Tag("long")
  void a_move_killed_at_any_step_is_put_right_by_the_next_command(Family family) throws Exception {
    host = new CrashLab(family);
    StepwiseMove moves = new StepwiseMove(host.lab);
    int steps = moves.count();
    for (Fault fault : DEATHS) {
      for (int step = 1; step <= steps; step++) {
        interruptAt(moves, step, fault);
      }
    }
    assertThat(midway).as("faults that hit a move midway").isGreaterThan(10);
    report();
  }

  @Test
  @org.junit.jupiter.api.Tag("long")
  void two_hundred_moves_killed_at_random_instants_lose_no_address() throws Exception {
    host = new CrashLab(Family.IPV4);
    killAtRandom(200, new Random(42));
    assertThat(midway).as("kills that hit a move midway").isGreaterThan(50);
    report();
  }

  @Test
  void a_change_that_hangs_is_ended_and_undone() throws Exception {
    StepwiseMove moves = hanging();
    assertThat(moves.run("ip -4 -batch -", Fault.HANGS)).isTrue();
    isEnded(moves, "hang of the change, " + moves.output());
  }

  @Test
  @org.junit.jupiter.api.Tag("long")
  void whichever_program_hangs_the_move_ends_and_so_does_the_program() throws Exception {
    StepwiseMove moves = hanging();
    int steps = moves.count();
    for (int step = 0; step < steps; step++) {
      hangAt(moves, step);
    }
    report();
  }

  private StepwiseMove hanging() throws Exception {
    host = new CrashLab(Family.IPV4);
    host.lab.environment().put("LKIPBU_IPACTION_TIMEOUT", "2");
    // An announcer of the move before must not take the place of a program of this one.
    host.lab.environment().put("LKIPBU_ANNOUNCE_PAUSES", "0");
    return new StepwiseMove(host.lab);
  }

  private void hangAt(StepwiseMove moves, int index) throws Exception {
    moves.run(index + 1, Fault.HANGS);
    isEnded(moves, "hang at " + (index + 1) + ", " + moves.output());
  }

  /** A move that succeeds may leave a hanging announcer, which the next change ends. */
  private void isEnded(StepwiseMove moves, String when) throws Exception {
    assertThat(moves.exitCode()).as(when).isIn(0, 1, 10);
    if (moves.exitCode() != 0) {
      // A killed process needs a moment to be gone.
      for (int i = 0; i < 30 && moves.leftSomething(); i++) {
        Thread.sleep(100);
      }
      assertThat(moves.leftSomething()).as(when).isFalse();
      assertThat(moves.output()).as(when).matches("(?s).*did not end within [0-9]+ m?s.*");
    }
    faults++;
    repair(when);
  }

  @Test
  void a_signal_waits_until_the_move_is_whole() throws Exception {
    host = new CrashLab(Family.IPV4);
    signal("TERM", 143, 1);
  }

  @Test
  @org.junit.jupiter.api.Tag("long")
  void each_signal_at_many_instants_waits_until_the_move_is_whole() throws Exception {
    host = new CrashLab(Family.IPV4);
    signal("TERM", 143, 10);
    signal("INT", 130, 10);
    signal("HUP", 129, 10);
  }

  /** A second signal follows the first; the exit code is the first one's, or that of the move. */
  private void signal(String signal, int code, int times) throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < times; i++) {
      Process move = startMove();
      if (i % 2 == 0) {
        awaitJournal(move);
        Thread.sleep(random.nextInt(70));
      } else {
        Thread.sleep(200 + random.nextInt(400));
      }
      kill(move, signal);
      Thread.sleep(random.nextInt(50));
      kill(move, signal);
      assertThat(move.waitFor(25, TimeUnit.SECONDS)).as("ends in time").isTrue();
      assertThat(move.exitValue()).isIn(0, code);
      host.assertSettled("after " + signal);
    }
  }

  private void interruptAt(StepwiseMove moves, int step, Fault fault) throws Exception {
    boolean done = moves.run(step, fault);
    repair("step " + step + " " + fault + ", " + moves.output());
    faults += done ? 1 : 0;
  }

  private void killAtRandom(int times, Random random) throws Exception {
    for (int i = 0; i < times; i++) {
      Process move = startMove();
      if (i % 4 == 3) {
        Thread.sleep(random.nextInt(600));
      } else {
        awaitJournal(move);
        Thread.sleep(random.nextInt(70));
      }
      boolean withChildren = random.nextBoolean();
      if (withChildren) {
        move.descendants().forEach(ProcessHandle::destroyForcibly);
      }
      move.destroyForcibly();
      move.waitFor(10, TimeUnit.SECONDS);
      faults++;
      repair("kill " + i + (withChildren ? " with" : " without") + " its children");
    }
  }

  /** The next command, of whichever kind, puts right what an interrupted move has left. */
  private void repair(String when) throws Exception {
    if (!host.journal().isEmpty()) {
      midway++;
      assertThat(host.lab.lkipbu("-s", "-t", TAG).err()).as(when).contains("interrupted");
    }
    CommandResult next =
        switch (faults % 3) {
          case 0 -> host.lab.lkipbu("--repair", "-t", TAG);
          case 1 -> host.lab.lkipbu("--repair");
          default -> host.lab.lkipbu("-m", "-t", TAG);
        };
    assertThat(next.exitCode()).as(when + ": " + next.out() + next.err()).isZero();
    host.assertSettled("after " + when + ", then " + next.out());
  }

  /** Every address and INFO was looked at after every fault, or the test would have failed. */
  private void report() {
    System.out.println(
        "faults injected: "
            + faults
            + " ("
            + midway
            + " of them midway), addresses lost: 0, INFO torn: 0");
  }

  /** Most of a run is start-up; the instants that matter begin with the journal. */
  private void awaitJournal(Process move) throws Exception {
    for (int i = 0; i < 5000 && move.isAlive() && host.journal().isEmpty(); i++) {
      Thread.sleep(1);
    }
  }

  private Process startMove() {
    return host.lab.startLkipbu("-m", "-t", TAG);
  }

  private static void kill(Process process, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
