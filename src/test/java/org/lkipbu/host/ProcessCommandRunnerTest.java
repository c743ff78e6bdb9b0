package org.lkipbu.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(30)
class ProcessCommandRunnerTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final CommandRunner runner = new ProcessCommandRunner();

  @TempDir Path folder;

  @Test
  void both_streams_and_the_exit_code_come_back() {
    CommandResult result = runner.run(sh(LONG, "echo out; echo why >&2; exit 7"));

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.out()).isEqualTo("out\n");
    assertThat(result.reason()).isEqualTo("why");
  }

  @Test
  void a_child_sees_a_clean_environment_and_nothing_on_stdin() {
    CommandResult result =
        runner.run(new Command(List.of("sh", "-c", "env; cat"), LONG, Map.of("NOIPUNIQUE", "1")));

    assertThat(result.out().lines())
        .contains("LC_ALL=C", "NOIPUNIQUE=1", "PATH=/usr/sbin:/usr/bin:/sbin:/bin")
        .noneMatch(line -> line.startsWith("HOME=") || line.startsWith("JAVA"));
  }

  @Test
  void a_child_reads_what_it_is_given_and_may_leave_it_unread() {
    String most = "x".repeat(Command.MOST_INPUT);
    Command reads = new Command(List.of("sh", "-c", "cat; echo end"), LONG, Map.of(), "one\ntwo\n");
    assertThat(runner.run(reads).out()).isEqualTo("one\ntwo\nend\n");
    Command ignores = new Command(List.of("sh", "-c", "exec sleep 0.1"), LONG, Map.of(), most);
    assertThat(runner.run(ignores).exitCode()).isZero();
    Command closes = new Command(List.of("sh", "-c", "exec <&-; echo on"), LONG, Map.of(), most);
    assertThat(runner.run(closes).out()).isEqualTo("on\n");
    assertThatThrownBy(() -> new Command(List.of("cat"), LONG, Map.of(), most + "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_child_that_a_signal_ends_has_128_and_the_signal() {
    assertThat(runner.run(sh(LONG, "kill -9 $$")).exitCode()).isEqualTo(137);
  }

  @Test
  void a_program_that_is_not_there_is_an_error_that_names_it() {
    assertThatThrownBy(() -> runner.run(Command.of(LONG, "no-such-program")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no-such-program");
    assertThatThrownBy(() -> runner.run(Command.of(LONG, folder + "/nothing")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("/nothing");
  }

  @Test
  void a_child_past_its_limit_ends_with_all_that_it_started() throws Exception {
    Path pids = folder.resolve("pids");
    Instant start = Instant.now();

    assertThatThrownBy(
            () ->
                runner.run(
                    sh(
                        Duration.ofMillis(500),
                        "trap '' TERM INT; (trap '' TERM; sleep 60 & echo $! >> "
                            + pids
                            + "; wait) & echo $! >> "
                            + pids
                            + "; wait")))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(Failure.Kind.SYSTEM);
              assertThat(failure.problem()).isEqualTo("sh did not end within 500 ms");
            });

    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    for (String pid : Files.readAllLines(pids)) {
      assertThat(isRunning(pid)).as("process " + pid).isFalse();
    }
  }

  @Test
  void a_grandchild_that_keeps_the_pipe_does_not_hold_the_command_up() {
    Instant start = Instant.now();

    CommandResult result = runner.run(sh(LONG, "echo done; sleep 5 & exit 0"));

    assertThat(result.out()).isEqualTo("done\n");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void an_orphan_of_a_child_past_its_limit_ends_with_it() throws Exception {
    Path pids = folder.resolve("pids");

    assertThatThrownBy(
            () ->
                runner.run(
                    sh(
                        Duration.ofMillis(500),
                        "(setsid sh -c 'trap \"\" TERM; echo $$ > "
                            + pids
                            + "; sleep 60' &);"
                            + " sleep 60")))
        .isInstanceOf(Failure.class);

    for (String pid : Files.readAllLines(pids)) {
      assertThat(isRunning(pid)).as("process " + pid).isFalse();
    }
  }

  @Test
  void a_gigabyte_of_output_takes_no_more_memory_than_a_little() {
    CommandResult result = runner.run(sh(LONG, "head -c 1000000000 /dev/zero; exit 3"));

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).hasSize(1 << 20);
  }

  @Test
  void output_is_kept_up_to_a_mebibyte_and_the_rest_is_read_and_forgotten() {
    CommandResult result = runner.run(sh(LONG, "head -c 30000000 /dev/zero | tr '\\0' x; exit 3"));

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).hasSize(1 << 20);
  }

  @Test
  void lines_are_handed_over_as_they_come_until_they_are_enough() {
    List<String> seen = new ArrayList<>();

    runner.runUntil(
        sh(LONG, "echo one; echo two; echo three; sleep 60"),
        line -> {
          seen.add(line);
          return line.equals("two");
        });

    assertThat(seen).containsExactly("one", "two");
  }

  @Test
  void a_passed_limit_is_an_ordinary_end_when_lines_are_waited_for() {
    CommandResult result =
        runner.runUntil(sh(Duration.ofMillis(300), "echo one; sleep 60"), line -> false);

    assertThat(result.out()).isEqualTo("one\n");
  }

  private static Command sh(Duration limit, String script) {
    return Command.of(limit, "sh", "-c", script);
  }

  /**
   * A zombie that nobody has reaped yet has ended; a kill takes effect when its process is next
   * scheduled, which a busy machine delays.
   */
  private static boolean isRunning(String pid) throws Exception {
    Instant deadline = Instant.now().plusSeconds(2);
    while (isRunningNow(pid)) {
      if (Instant.now().isAfter(deadline)) {
        return true;
      }
      Thread.sleep(10);
    }
    return false;
  }

  private static boolean isRunningNow(String pid) {
    Path stat = Path.of("/proc", pid, "stat");
    try {
      String text = Files.readString(stat);
      return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      // It ended between two looks.
      return false;
    }
  }
}
