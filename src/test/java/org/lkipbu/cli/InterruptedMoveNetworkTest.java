package org.lkipbu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;

/** Moves that something ends midway, and what the next command makes of them. */
@Tag("network")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InterruptedMoveNetworkTest {

  private static final String TAG = "ip1";

  private NetLab lab;
  private String rulesAtFirst;

  @BeforeEach
  void an_address_in_service_with_a_backup() {
    lab = new NetLab(LabPlan.of(Family.IPV4));
    ok(
        lab.lcd(
            "ins_create",
            words("-a comm -r ip -t ip1 -i " + lab.vip() + " -v", info("eth0", "eth1"))));
    ok(lab.lcd("perform_action", "-t", TAG, "-a", "restore"));
    rulesAtFirst = rules();
  }

  @AfterEach
  void remove_the_network() {
    lab.close();
  }

  @Test
  void a_move_killed_at_any_instant_is_put_right_by_the_next_command() throws Exception {
    killAtRandom(20);
  }

  @Test
  @Tag("long")
  void two_hundred_moves_killed_at_random_instants_lose_no_address() throws Exception {
    killAtRandom(200);
  }

  @Test
  void a_signal_waits_until_the_move_is_whole() throws Exception {
    Random random = new Random(7);
    for (String signal : List.of("TERM", "INT", "HUP")) {
      for (int i = 0; i < 3; i++) {
        Process move = startMove();
        Thread.sleep(random.nextInt(500));
        signal(move, signal);
        Thread.sleep(random.nextInt(50));
        signal(move, signal);
        assertThat(move.waitFor(25, TimeUnit.SECONDS)).as("ends in time").isTrue();
        assertThat(journal()).as("journal after " + signal).isEmpty();
        assertSettled("after " + signal);
      }
    }
  }

  @Test
  void moves_and_changes_at_once_end_as_if_one_came_after_the_other() throws Exception {
    List<Process> all = new ArrayList<>();
    String[][] commands = {
      {"-m", "-t", TAG}, {"-r", "-t", TAG, "-f", "eth1"}, {"-s", "-t", TAG},
      {"-a", "-t", TAG, "-f", "eth1"}, {"-m", "-t", TAG}, {"--repair"}
    };
    for (int i = 0; i < 18; i++) {
      all.add(lab.startLkipbu(commands[i % commands.length]));
    }
    List<Integer> codes = new ArrayList<>();
    for (Process process : all) {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      codes.add(process.exitValue());
    }
    assertThat(codes).isSubsetOf(0, 4, 5, 7);
    assertSettled("after many commands");
  }

  private void killAtRandom(int times) throws Exception {
    Random random = new Random(42);
    int midway = 0;
    for (int i = 0; i < times; i++) {
      Process move = startMove();
      if (i % 4 == 0) {
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
      boolean interrupted = !journal().isEmpty();
      midway += interrupted ? 1 : 0;
      if (interrupted) {
        assertThat(lab.lkipbu("-s", "-t", TAG).err()).contains("interrupted");
      }
      ok(lab.lkipbu("--repair", "-t", TAG));
      assertSettled("kill " + i + (withChildren ? " with" : " without") + " its children");
    }
    System.out.println(
        times + " moves killed, " + midway + " of them midway; addresses lost 0, INFO torn 0");
    assertThat(midway).as("kills that hit a move midway").isGreaterThan(times / 4);
  }

  /** The address is on exactly the interface that INFO names, and nothing else is left. */
  private void assertSettled(String when) throws IOException {
    String status = ok(lab.lkipbu("-s", "-t", TAG));
    String primary = status.contains("Primary interface: eth0 (up)") ? "eth0" : "eth1";
    assertThat(status).as(when).contains("Primary interface: " + primary + " (up)");
    assertThat(holders()).as(when).containsExactly(primary);
    assertThat(journal()).as(when).isEmpty();
    assertThat(rules()).as(when).isEqualTo(rulesAtFirst);
    assertThat(lab.answers(lab.client(), lab.vip())).as("answered " + when).isTrue();
  }

  private List<String> holders() {
    List<String> holders = new ArrayList<>();
    for (String line : lab.ok(lab.host(), "ip", "-o", "addr", "show").split("\n")) {
      if (line.contains(" " + lab.vip() + "/")) {
        holders.add(line.split(" +")[1]);
      }
    }
    return holders;
  }

  /** The rules, whatever interface their tables lead to. */
  private String rules() {
    return lab.ok(lab.host(), "ip", "rule", "show");
  }

  /** The entries; a file that was not finished is none. */
  private List<Path> journal() throws IOException {
    Path folder = lab.folder().resolve("state/journal");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }

  /** Most of a run is start-up; the instants that matter begin with the journal. */
  private void awaitJournal(Process move) throws Exception {
    for (int i = 0; i < 5000 && move.isAlive() && journal().isEmpty(); i++) {
      Thread.sleep(1);
    }
  }

  private Process startMove() {
    return lab.startLkipbu("-m", "-t", TAG);
  }

  private static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private String info(String primary, String backup) {
    return "node1 " + primary + " " + lab.vipAndPrefix().replace('/', ' ') + " " + backup;
  }

  private static String[] words(String words, String last) {
    List<String> all = new ArrayList<>(List.of(words.split(" ")));
    all.add(last);
    return all.toArray(String[]::new);
  }

  private static String ok(CommandResult result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }
}
