package org.lkipbu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lkipbu.host.ThisMachine;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;

/** The whole command, run in this process on a store of the test's own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MainTest {

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private String out;
  private String err;

  @BeforeEach
  void an_instance_on_interfaces_that_are_not_there() {
    environment.put("LKIPBU_STATE_DIR", folder.resolve("state").toString());
    environment.put("LKIPBU_RUN_DIR", folder.resolve("run").toString());
    environment.put("LKIPBU_CONFIG_DIR", folder.resolve("config").toString());
    environment.put("LKIPBU_STORE", "embedded");
    new EmbeddedStore(folder.resolve("state"))
        .create(
            new ResourceInstance(
                "node1",
                "comm",
                "ip",
                new Tag("ip1"),
                "ip1",
                "node1 nosuch0 172.17.106.10 fffffc00 none",
                State.OSU,
                ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-s -t ip1",
        "-st ip1",
        "-stip1",
        "-s -tip1",
        "--status --tag ip1",
        "--status --tag=ip1",
        "-t ip1 -s --debug",
        "-s -t ip1 --"
      })
  void the_status_is_the_originals_four_lines(String line) {
    assertThat(run(line.split(" "))).isZero();
    assertThat(out)
        .isEqualTo(
            "IP address: 172.17.106.10\nNetmask: 255.255.252.0\n"
                + "Primary interface: nosuch0 (down)\nBackup interface: none\n");
    assertThat(err).isEmpty();
  }

  @Test
  void this_machines_own_name_runs_here() {
    assertThat(run("-d", new ThisMachine().name(), "-s", "-t", "ip1")).isZero();
    assertThat(out).startsWith("IP address: ");
  }

  @Test
  void another_machine_is_not_reached() {
    assertError(9, "-d", "no-such-machine", "-s", "-t", "ip1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-s",
        "-t ip1",
        "-a -m -t ip1",
        "-s -s -t ip1",
        "-s -t ip1 -t ip1",
        "-s -t ip1 -f eth0",
        "-m -t ip1 -f eth0",
        "-a -t ip1",
        "-r -t ip1",
        "-s -t",
        "-s -t ip1 more",
        "-s -- -t ip1",
        "-x",
        "--unknown",
        "-s --status=true -t ip1",
        "-sm -t ip1",
        "--repair -s -t ip1",
        "-a -t nosuch",
        "--protect 10.0.0.50/22",
        "--protect -f eth0",
        "--unprotect",
        "--unprotect -t ip1",
        "--unprotect -t ip1 -f eth0",
        "-s -t ip1 --yes",
        "-s -t ip1 --dry-run",
        "--check -t ip1 --dry-run",
        "-m -t ip1 --json",
        "--list -t ip1",
        "--doctor -f eth0",
        "--evacuate eth0 -t ip1",
        "--evacuate",
        "--list -s -t ip1"
      })
  void a_wrong_command_line_is_2(String line) {
    assertError(2, line.isEmpty() ? new String[0] : line.split(" "));
  }

  @Test
  void a_value_with_wrong_syntax_is_5_whatever_else_is_wrong() {
    assertError(5, "-s", "-t", "");
    assertError(5, "-s", "-t", "ip 1");
    assertError(5, "-s", "-t", "x".repeat(1_000_000));
    assertError(5, "-s", "-t", "a\nb\u0001c\u0000");
    assertError(5, "-s", "-t", "\u0456p1");
    assertError(5, "-a", "-t", "nosuch", "-f", "../eth1");
    assertError(5, "-a", "-t", "nosuch", "-f", "");
    assertError(5, "-a", "-t", "nosuch", "-f", "x".repeat(16));
    assertError(5, "--evacuate", "../eth0");
    assertError(5, "--evacuate", "nosuch0");
    assertError(5, "--protect", "10.0.0.50", "-f", "eth0");
    assertError(5, "--protect", "-f/22", "-f", "eth0");
    assertError(5, "-s", "-t", "nosuch", "-d", "-oProxyCommand=id");
  }

  @Test
  void an_at_sign_names_no_file() {
    assertError(7, "-s", "-t", "@/etc/hostname");
  }

  @Test
  void a_value_may_look_like_an_option_as_with_getopt() {
    assertError(7, "-s", "-t", "-a");
  }

  @Test
  void a_tag_that_is_not_there_is_7() {
    assertError(7, "-s", "-t", "nosuch");
  }

  @Test
  void an_instance_that_cannot_be_read_is_an_error_and_no_bug() throws Exception {
    Path file = folder.resolve("state/instances/ip1");
    Files.writeString(file, Files.readString(file).replace("fffffc00", "mask"));

    assertError(5, "-s", "-t", "ip1");
  }

  @Test
  void a_wrong_environment_is_5() {
    environment.put("LKIPBU_STATE_DIR", "relative");

    assertError(5, "-s", "-t", "ip1");
  }

  @Test
  void a_result_that_cannot_be_written_is_1() {
    PrintStream full =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws java.io.IOException {
                throw new java.io.IOException("No space left on device");
              }
            });
    ByteArrayOutputStream errors = new ByteArrayOutputStream();

    int code =
        Main.run(
            new String[] {"-s", "-t", "ip1"}, environment, full, new PrintStream(errors, true));

    assertThat(code).isEqualTo(1);
    assertThat(errors.toString()).isEqualTo("lkipbu: cannot write to stdout: see where it leads\n");
  }

  @Test
  void a_stack_trace_is_shown_only_on_demand() {
    run("-s", "-t", "nosuch", "--debug");

    assertThat(err.lines().count()).isGreaterThan(3);
    assertThat(err).startsWith("lkipbu: ").contains("\tat org.lkipbu.");
  }

  @Test
  void the_help_fits_80_columns_and_names_every_option() {
    assertThat(run("--help")).isZero();
    assertThat(out.lines()).allMatch(line -> line.length() <= 79);
    assertThat(out)
        .contains("-a, --add", "-r, --remove", "-m, --move", "-s, --status", "-t, --tag")
        .contains("--list", "--doctor", "--evacuate", "--json", "--dry-run")
        .contains("--protect", "--unprotect", "--yes", "--repair")
        .contains("-f, --interface", "-d, --destination", "--help", "--version", "--debug");
    assertThat(err).isEmpty();
  }

  @Test
  void the_version_is_one_line() {
    assertThat(run("--version")).isZero();
    assertThat(out).startsWith("lkipbu ").hasLineCount(1);
  }

  private int run(String... args) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    int code =
        Main.run(
            args, environment, new PrintStream(outBytes, true), new PrintStream(errBytes, true));
    out = outBytes.toString();
    err = errBytes.toString();
    return code;
  }

  private void assertError(int code, String... args) {
    assertThat(run(args)).as(err).isEqualTo(code);
    assertThat(out).isEmpty();
    assertThat(err).hasLineCount(1).startsWith("lkipbu: ").contains(": ").endsWith("\n");
    assertThat(err).hasSizeLessThan(400);
  }
}
