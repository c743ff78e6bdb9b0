package org.lkipbu.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;

/** The launchers and ipaction themselves, called in surroundings that mean them harm. */
@Tag("network")
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostileEnvironmentTest {

  private static final String INFO = "A nosuch0 10.9.0.5 ffffff00 none";
  private static final String STATUS =
      """
      IP address: 10.9.0.5
      Netmask: 255.255.255.0
      Primary interface: nosuch0 (down)
      Backup interface: none
      """;

  private static NetLab lab;
  private static Path trap;

  /** A folder of programs that are not what their names say, each of which leaves a canary. */
  @BeforeAll
  static void a_folder_of_false_programs() throws IOException {
    lab = new NetLab(LabPlan.of(Family.IPV4));
    trap = Files.createDirectories(lab.folder().resolve("trap/bin")).getParent();
    for (String name :
        "java sh ip awk ls cat id find readlink dirname stat flock ping arping sed mv mkdir"
            .split(" ")) {
      for (Path folder : List.of(trap, trap.resolve("bin"))) {
        Path program = folder.resolve(name);
        Files.writeString(program, "#!/bin/sh\n>" + canary() + "\nexit 0\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    Files.writeString(trap.resolve("profile"), ">" + canary() + "\n");
    lab.ok(lab.host(), "chown", "65534", trap.resolve("bin/java").toString());
    CrashLab.ok(lab.lcd("ins_create", "-acomm", "-rip", "-t", "ip1", "-i", "x", "-v", INFO));
  }

  @AfterAll
  static void remove_the_network() {
    lab.close();
  }

  @BeforeEach
  @AfterEach
  void nothing_of_it_was_run() {
    assertThat(canary()).doesNotExist();
  }

  private static Path canary() {
    return lab.folder().resolve("canary");
  }

  static Stream<Arguments> environments() {
    return Stream.of(
            "PATH=TRAP",
            "PATH=.:TRAP/bin:",
            "PATH=",
            "IFS=/",
            "IFS=a-z",
            "LANG=tr_TR.UTF-8",
            "LC_ALL=de_DE.ISO-8859-1",
            "LC_ALL=no_SUCH.locale",
            "LC_ALL=$(touch TRAP/../canary)",
            "JAVA_TOOL_OPTIONS=-javaagent:/nonexistent.jar",
            "_JAVA_OPTIONS=-Xmx1k",
            "JDK_JAVA_OPTIONS=-version",
            "CLASSPATH=TRAP",
            "JAVA_HOME=TRAP",
            "JAVA_HOME=/nonexistent",
            "JAVA_HOME=-version",
            "ENV=TRAP/profile",
            "BASH_ENV=TRAP/profile",
            "CDPATH=TRAP",
            "PS4=$(touch TRAP/../canary)",
            "SHELLOPTS=xtrace",
            "HOME=",
            "TMPDIR=/nonexistent",
            "home=TRAP",
            "jar=TRAP/x.jar",
            "java=TRAP/java",
            "options=-version",
            "main=java.lang.String",
            "LKIPBU_CALLER=1 1",
            "LKIPBU_CHILD=x",
            "LKIPBU_LOCK_WAIT=$(touch TRAP/../canary)")
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("environments")
  void a_look_is_the_same_in_every_environment(String variable) {
    String[] parts = variable.replace("TRAP", trap.toString()).split("=", 2);

    CommandResult result = run(Map.of(parts[0], parts[1]), "cd '" + trap + "'; exec \"$@\"", "-s");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo(STATUS);
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("environments")
  void an_address_is_put_on_and_taken_off_in_every_environment(String variable) {
    String[] parts = variable.replace("TRAP", trap.toString()).split("=", 2);
    Map<String, String> environment = new HashMap<>(Map.of(parts[0], parts[1], "NOIPUNIQUE", "1"));
    String script = Path.of("scripts/ipaction").toAbsolutePath().toString();
    for (String operation : List.of("restore", "remove")) {
      CommandResult result = run(environment, "cd '" + trap + "'; exec \"$@\"", script, operation);
      if (variable.startsWith("LKIPBU_CALLER")) {
        assertThat(result.exitCode()).isEqualTo(1);
      } else if (variable.startsWith("LKIPBU_LOCK_WAIT")) {
        assertThat(result.exitCode()).isEqualTo(2);
      } else {
        assertThat(result.exitCode()).as(operation + ": " + result.err()).isZero();
      }
      assertThat(result.out()).isEmpty();
    }
    assertThat(lab.ok(lab.host(), "ip", "addr")).doesNotContain("10.9.0.5");
  }

  @Test
  void closed_streams_a_folder_that_is_gone_and_a_full_stdout_are_survived() {
    CommandResult closed = run(Map.of(), "exec \"$@\" <&- 2>&-", "-s");
    assertThat(closed.exitCode()).isZero();
    assertThat(closed.out()).isEqualTo(STATUS);
    CommandResult gone =
        run(
            Map.of(),
            "mkdir '" + trap + "/gone'; cd '" + trap + "/gone'; rmdir ../gone; exec \"$@\"",
            "-s");
    assertThat(gone.exitCode()).as(gone.err()).isZero();
    CommandResult full = run(Map.of(), "exec \"$@\" >/dev/full", "-s");
    assertThat(full.exitCode()).isEqualTo(1);
    assertThat(full.err()).isEqualTo("lkipbu: cannot write to stdout: see where it leads\n");
  }

  @Test
  void files_have_their_mode_whatever_the_umask() {
    for (String umask : List.of("000", "077")) {
      CrashLab.ok(
          lab.run(
              lab.host(),
              "sh",
              "-ec",
              "umask "
                  + umask
                  + "; export LKIPBU_STATE_DIR=$LKIPBU_STATE_DIR/m"
                  + umask
                  + " LKIPBU_RUN_DIR=$LKIPBU_RUN_DIR/m"
                  + umask
                  + "; \"$0/lcd/ins_create\" -acomm -rip -t t -i x -v '"
                  + INFO
                  + "'"
                  + "; \"$0/ipaction\" refresh 10.9.0.9/24 eth0",
              Path.of("scripts").toAbsolutePath().toString()));
      String modes =
          lab.ok(
              lab.host(),
              "find",
              lab.folder() + "/state/m" + umask,
              lab.folder() + "/run/m" + umask,
              "-printf",
              "%y %m %U\n");
      assertThat(modes.lines()).isNotEmpty().allMatch(one -> one.matches("d 755 0|f 644 0"));
    }
  }

  @Test
  void a_megabyte_of_arguments_is_a_wrong_command_line() {
    List<String> argv = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      argv.add("$(touch canary)".repeat(8000));
    }
    CommandResult result = run(Map.of(), "exec \"$@\"", argv.toArray(String[]::new));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).hasLineCount(1).hasSizeLessThan(400);
  }

  @Test
  void what_is_no_text_in_any_locale_is_an_illegal_tag() {
    CommandResult result =
        run(Map.of("LC_ALL", "C"), "exec \"$@\" -s -t \"$(printf 'ip\\377\\376')\"");
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).matches("lkipbu: [ -~]+\n");
  }

  @ParameterizedTest
  @MethodSource("org.lkipbu.crash.HostileEnvironmentTest#values")
  void ipaction_refuses_what_is_no_address_and_no_interface(String value) {
    for (String[] argv :
        new String[][] {
          {"restore", value, "eth0"},
          {"restore", "10.9.0.5/24", value},
          {"move", "10.9.0.5/24", "eth0", value},
          {"remove", "10.9.0.5/" + value, "eth0"}
        }) {
      CommandResult result = lab.ipaction(argv);
      boolean missing = result.exitCode() == 1 && result.err().contains("Cannot find device");
      boolean gone = result.exitCode() == 1 && result.err().contains("no interface");
      assertThat(missing || gone || result.exitCode() == 2 || result.exitCode() == 5)
          .as(String.join(" ", argv) + ": " + result.exitCode() + " " + result.err())
          .isTrue();
      assertThat(result.out()).isEmpty();
    }
    assertThat(lab.ok(lab.host(), "ip", "addr")).doesNotContain("10.9.0.5");
  }

  static Stream<String> values() {
    return HostileValues.all(canary().toString()).stream()
        .filter(
            value -> value.indexOf('\0') < 0 && value.length() < 1000 && !value.equals("10.0.0.5"));
  }

  /** Sets the variables for the program alone, not for the shell that starts it. */
  private static CommandResult run(Map<String, String> variables, String script, String... words) {
    List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh", "/usr/bin/env"));
    variables.forEach((name, value) -> argv.add(name + "=" + value));
    if (words.length == 2 && words[0].startsWith("/")) {
      argv.addAll(List.of(words[0], words[1], "10.9.0.5/24", "eth0"));
    } else {
      argv.add(Path.of("scripts/lkipbu").toAbsolutePath().toString());
      argv.addAll(List.of(words));
      if (words.length == 1) {
        argv.addAll(List.of("-t", "ip1"));
      }
    }
    return lab.run(lab.host(), argv.toArray(String[]::new));
  }
}
