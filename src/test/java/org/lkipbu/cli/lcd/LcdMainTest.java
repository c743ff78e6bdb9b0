package org.lkipbu.cli.lcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lkipbu.host.Caller;
import org.lkipbu.host.ThisMachine;

/** The commands, each run in this process on a store of the test's own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LcdMainTest {

  private static final String INFO = "A eth0 10.0.0.5 fffffc00 none";
  private static final String HERE = new ThisMachine().name();

  /** What a command left behind. */
  private record Outcome(int code, String out, String err) {}

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void folders_of_the_tests_own() {
    environment.put("LKIPBU_STATE_DIR", folder.resolve("state").toString());
    environment.put("LKIPBU_RUN_DIR", folder.resolve("run").toString());
    environment.put("LKIPBU_CONFIG_DIR", folder.resolve("config").toString());
  }

  private Outcome run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = LcdMain.run(args, environment, new PrintStream(out), new PrintStream(err));
    return new Outcome(code, out.toString(), err.toString());
  }

  private void create(String tag) {
    Outcome outcome =
        run("ins_create", "-a", "comm", "-r", "ip", "-t", tag, "-i", "id-" + tag, "-v", INFO);
    assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
  }

  private Map<String, String> stored() {
    Map<String, String> files = new TreeMap<>();
    Path instances = folder.resolve("state/instances");
    if (Files.isDirectory(instances)) {
      try (Stream<Path> paths = Files.list(instances)) {
        for (Path path : paths.toList()) {
          files.put(path.getFileName().toString(), Files.readString(path));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  private static String line(String tag, String info, String state, String reason) {
    return String.join("\001", HERE, "comm", "ip", tag, "id-" + tag, info, state, reason) + "\n";
  }

  @Test
  void an_instance_is_created_and_listed() {
    create("vip");

    assertThat(run("ins_list")).isEqualTo(new Outcome(0, line("vip", INFO, "OSU", ""), ""));
    assertThat(run("ins_list", "-t", "vip")).isEqualTo(run("ins_list"));
  }

  @ParameterizedTest
  @CsvSource({"-f:, :", "-f |, |", "-f=, =", "-f -, -", "-fx, x"})
  void another_character_separates_when_it_is_named(String option, String separator) {
    create("vip");

    List<String> args = new ArrayList<>(List.of("ins_list"));
    args.addAll(Arrays.asList(option.split(" ")));
    assertThat(run(args.toArray(String[]::new)).out())
        .isEqualTo(line("vip", INFO, "OSU", "").replace("\001", separator));
  }

  @Test
  void filters_leave_out_what_does_not_meet_all_of_them() {
    create("a");
    create("b");

    assertThat(run("ins_list", "-i", "id-b").out()).isEqualTo(line("b", INFO, "OSU", ""));
    assertThat(run("ins_list", "-a", "comm", "-r", "ip").out())
        .isEqualTo(line("a", INFO, "OSU", "") + line("b", INFO, "OSU", ""));
    assertThat(run("ins_list", "-R", "a").out()).isEqualTo(line("a", INFO, "OSU", ""));
    assertThat(run("ins_list", "-a", "gen")).isEqualTo(new Outcome(0, "", ""));
    assertThat(run("ins_list", "-t", "a", "-i", "id-b").code()).isEqualTo(7);
    assertThat(run("ins_list", "-t", "a", "-R", "b").code()).isEqualTo(7);
  }

  @Test
  void this_machine_may_be_named() {
    create("vip");

    assertThat(run("ins_list", "-d", HERE)).isEqualTo(run("ins_list"));
    assertThat(run("ins_list", "-d", "another").code()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({"AUTORES_ISP, OSU", "INIT_ISP, ISP", "INIT_OSU, OSU"})
  void the_initial_state_can_be_chosen(String initial, String state) {
    String[] args = {
      "ins_create",
      "-acomm",
      "-rip",
      "-I",
      initial,
      "-v",
      INFO,
      "-s",
      "AUTOMATIC",
      "-tvip",
      "-iid-vip"
    };
    assertThat(run(args).code()).isZero();
    assertThat(run("ins_list").out()).isEqualTo(line("vip", INFO, state, ""));
  }

  @Test
  void info_is_stored_byte_for_byte() {
    create("vip");
    String four = "A eth0 2001:DB8::5 64";

    assertThat(run("ins_setinfo", "-t", "vip", "-v", four)).isEqualTo(new Outcome(0, "", ""));

    assertThat(run("ins_list").out()).isEqualTo(line("vip", four, "OSU", ""));
  }

  @Test
  void a_state_is_stored_with_its_reason() {
    create("vip");

    assertThat(run("ins_setstate", "-t", "vip", "-S", "ISU", "-R", "-by hand", "-A").code())
        .isZero();
    assertThat(run("ins_list").out()).isEqualTo(line("vip", INFO, "ISU", "-by hand"));

    assertThat(run("ins_setstate", "-AtvipSOSU").code()).isNotZero();
    assertThat(run("ins_setstate", "-Atvip", "-SOSU").code()).isZero();
    assertThat(run("ins_list").out()).isEqualTo(line("vip", INFO, "OSU", ""));
  }

  @Test
  void an_instance_is_forgotten() {
    create("a");
    create("b");

    assertThat(run("ins_remove", "-a", "comm", "-t", "a")).isEqualTo(new Outcome(0, "", ""));
    assertThat(stored()).containsOnlyKeys("b");
    assertThat(run("ins_remove", "-i", "id-b").code()).isZero();
    assertThat(stored()).isEmpty();
  }

  @Test
  void a_damaged_instance_can_be_forgotten_and_hides_no_other() throws IOException {
    create("a");
    create("b");
    Files.writeString(folder.resolve("state/instances/a"), "noise");

    Outcome listed = run("ins_list");
    assertThat(listed.code()).isEqualTo(5);
    assertThat(listed.out()).isEqualTo(line("b", INFO, "OSU", ""));
    assertThat(listed.err()).contains("/state/instances/a is damaged").hasLineCount(1);

    assertThat(run("ins_remove", "-t", "a").code()).isZero();
    assertThat(stored()).containsOnlyKeys("b");
  }

  @Test
  void an_address_that_is_not_configured_is_not_healthy() {
    assumeTrue(Caller.isRoot(), "a check puts rules right, which only root may");
    create("vip");
    assertThat(run("perform_action", "-t", "vip", "-a", "quickCheck").code()).isEqualTo(13);

    run("ins_setinfo", "-t", "vip", "-v", "A nosuch0 10.0.0.5 fffffc00 none");
    run("ins_setstate", "-t", "vip", "-S", "ISP");
    Outcome outcome = run("perform_action", "-Gsbn", "-t", "vip", "-a", "quickCheck", "--", "-x");
    assertThat(outcome.code()).isEqualTo(13);
    assertThat(outcome.err()).contains("there is no interface nosuch0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | ",
        "2 | ins_unknown",
        "2 | ins_list extra",
        "2 | ins_list -x",
        "2 | ins_list -t",
        "2 | ins_list -fab",
        "2 | ins_list -t vip -t vip",
        "2 | ins_list @/etc/passwd",
        "2 | ins_create -a comm -r ip -t new",
        "2 | ins_create -a comm -r ip -i id -v x",
        "2 | ins_create -r ip -i id -t new",
        "2 | ins_setinfo -v x",
        "2 | ins_setinfo -d other -v x",
        "2 | ins_setstate -t vip",
        "2 | ins_setstate -S ISP",
        "2 | ins_remove",
        "2 | ins_remove -a comm -r ip",
        "2 | perform_action -t vip",
        "2 | perform_action -a restore",
        "2 | perform_action -d x -t vip -a restore",
        "4 | ins_create -a comm -r ip -t vip -i id -v A_eth0_10.0.0.5_22_none",
        "5 | ins_create -a gen -r app -t new -i id -v A_eth0_10.0.0.5_22_none",
        "5 | ins_create -a comm -r ip -t new -i id",
        "5 | ins_create -a comm -r ip -t new -i id -v A_eth0_10.0.0.5_22_none_none",
        "5 | ins_create -a comm -r ip -t new -i id -v A_eth0_10.0.0.5_ff00ff00_none",
        "5 | ins_create -a comm -r ip -t n$w -i id -v A_eth0_10.0.0.5_22_none",
        "5 | ins_create -a comm -r ip -t new -I ISP -i id -v A_eth0_10.0.0.5_22_none",
        "5 | ins_create -a comm -r ip -t new -s NO -i id -v A_eth0_10.0.0.5_22_none",
        "5 | ins_create -a comm -r ip -t new -i \u00e9 -v A_eth0_10.0.0.5_22_none",
        "5 | ins_list -t ../%",
        "5 | ins_list -d -x",
        "5 | ins_setinfo -t vip",
        "5 | ins_setinfo -t vip -v A_eth0",
        "5 | ins_setinfo -t vip -v -v",
        "5 | ins_setstate -t vip -S OSF",
        "5 | ins_setstate -t vip -S isp",
        "5 | perform_action -t vip -a delete",
        "7 | ins_list -t other",
        "7 | ins_list -R other",
        "7 | ins_list -t -x",
        "7 | ins_setinfo -t other -v A_eth0_10.0.0.5_22_none",
        "7 | ins_setstate -t other -S ISP",
        "7 | ins_remove -t other",
        "7 | ins_remove -t vip -a gen",
        "7 | ins_remove -i other",
        "7 | perform_action -t other -a quickCheck",
        "9 | ins_list -d other.example.org",
        "9 | ins_remove -d other -t vip",
      })
  void errors_have_their_code_and_one_line_and_change_nothing(int code, String line) {
    create("vip");
    Map<String, String> before = stored();

    List<String> args = new ArrayList<>();
    for (String word : line == null ? new String[0] : line.split(" ")) {
      args.add(word.startsWith("A_") ? word.replace('_', ' ') : word);
    }
    Outcome outcome = run(args.toArray(String[]::new));

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("lkipbu: ").hasLineCount(1);
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void a_lock_that_another_holds_is_waited_for_and_then_said() throws Exception {
    create("vip");
    environment.put("LKIPBU_LOCK_WAIT", "0");
    try (var held =
        new org.lkipbu.ops.InstanceLock(
                folder.resolve("run/locks"), java.time.Duration.ofSeconds(1))
            .acquire(new org.lkipbu.instance.Tag("vip"), "test")) {
      Outcome outcome = run("ins_setstate", "-t", "vip", "-S", "ISP");

      assertThat(outcome.code()).isEqualTo(12);
      assertThat(run("ins_list").code()).isZero();
    }
  }

  @Test
  void many_commands_at_once_leave_whole_instances_and_show_no_torn_ones() throws Exception {
    create("vip");
    String other = "A eth1 10.0.0.5 fffffc00 eth0";
    List<String> lines = new ArrayList<>();
    for (String info : List.of(INFO, other)) {
      for (String state : List.of("OSU", "ISP", "ISU")) {
        lines.add(line("vip", info, state, ""));
      }
    }
    ExecutorService pool = Executors.newFixedThreadPool(20);
    try {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        outcomes.add(pool.submit(() -> run("ins_setinfo", "-t", "vip", "-v", other)));
        outcomes.add(pool.submit(() -> run("ins_setinfo", "-t", "vip", "-v", INFO)));
        outcomes.add(pool.submit(() -> run("ins_setstate", "-t", "vip", "-S", "ISP")));
        outcomes.add(pool.submit(() -> run("ins_setstate", "-t", "vip", "-S", "ISU")));
        outcomes.add(pool.submit(() -> run("ins_list", "-t", "vip")));
        outcomes.add(pool.submit(() -> run("ins_list")));
      }
      for (Future<Outcome> one : outcomes) {
        Outcome outcome = one.get(60, TimeUnit.SECONDS);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isIn(Stream.concat(Stream.of(""), lines.stream()).toList());
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(stored()).containsOnlyKeys("vip");
    assertThat(run("ins_list").out()).isIn(lines);
  }

  @Test
  void of_many_creators_of_one_tag_one_wins() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(20);
    try {
      List<Future<Integer>> codes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String id = "id" + i;
        codes.add(
            pool.submit(
                () -> run("ins_create", "-acomm", "-rip", "-tvip", "-i", id, "-v", INFO).code()));
      }
      List<Integer> all = new ArrayList<>();
      for (Future<Integer> code : codes) {
        all.add(code.get(60, TimeUnit.SECONDS));
      }
      assertThat(all).containsOnly(0, 4).containsOnlyOnce(0);
    } finally {
      pool.shutdownNow();
    }
  }
}
