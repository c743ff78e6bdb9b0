package org.lkipbu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Pty;
import org.lkipbu.lab.Situation.Family;

/** What a user at a terminal sees, and a script does not. */
@Tag("network")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TerminalNetworkTest {

  private static final String ESCAPE = "\u001b";

  private NetLab lab;

  @BeforeEach
  void two_protected_addresses() {
    lab = new NetLab(LabPlan.of(Family.IPV4));
    lab.environment().put("NOIPUNIQUE", "1");
    ok(lab.lkipbu("--protect", lab.vipAndPrefix(), "-f", "eth0", "-t", "vip"));
    ok(lab.lkipbu("-a", "-t", "vip", "-f", "eth1"));
    ok(lab.lkipbu("--protect", "10.0.0.51/24", "-f", "eth0", "-t", "other"));
  }

  @AfterEach
  void remove_the_network() {
    lab.close();
  }

  @Test
  void a_move_at_a_terminal_shows_its_steps_and_in_a_pipe_nothing_more() {
    CommandResult seen = Pty.run(lab, Map.of(), "", "lkipbu", "-m", "-t", "vip");
    assertThat(seen.exitCode()).as(seen.out()).isZero();
    assertThat(seen.out().replaceAll(ESCAPE + "\\[[0-9]+m", ""))
        .containsPattern("lkipbu: looking whether eth1 can take 10.0.0.50 ... \\d+ ms\n")
        .containsPattern("lkipbu: removing 10.0.0.50 from eth0, restoring it on eth1 ... \\d+ ms\n")
        .containsPattern("lkipbu: verifying 10.0.0.50 on eth1 ... \\d+ ms\n")
        .containsPattern("\n10.0.0.50: eth0 -> eth1, verified by .*\n$");
    assertThat(seen.out()).contains(ESCAPE);

    CommandResult piped = lab.lkipbu("-m", "-t", "vip");
    assertThat(piped.err()).isEmpty();
    assertThat(piped.out()).hasLineCount(1).doesNotContain(ESCAPE);
    assertThat(ok(lab.lkipbu("--list"))).containsPattern(":\\d\\d eth1 -> eth0\n");
    assertThat(ok(lab.lkipbu("-s", "--json", "-t", "vip"))).contains("\"reason\" : \"lkipbu -m\"");

    for (Map<String, String> dull :
        java.util.List.of(
            Map.of("NO_COLOR", "1"),
            Map.of("TERM", "dumb"),
            Map.of("LANG", "C", "NO_COLOR", "1"))) {
      assertThat(Pty.run(lab, dull, "", "lkipbu", "-m", "-t", "vip").out())
          .contains("verifying 10.0.0.50")
          .doesNotContain(ESCAPE);
    }
  }

  @Test
  void a_list_has_colours_at_a_terminal_alone_and_the_status_never_has() {
    assertThat(Pty.run(lab, Map.of(), "", "lkipbu", "--list").out())
        .contains("vip    10.0.0.50/24  eth0 " + ESCAPE + "[32mup" + ESCAPE + "[0m")
        .contains("other  10.0.0.51/24");
    String plain = ok(lab.lkipbu("--list"));
    assertThat(plain).hasLineCount(3).doesNotContain(ESCAPE);
    for (Map<String, String> dull :
        java.util.List.of(Map.of("NO_COLOR", "1"), Map.of("TERM", "dumb"))) {
      assertThat(Pty.run(lab, dull, "", "lkipbu", "--list").out()).isEqualTo(plain);
    }
    assertThat(Pty.run(lab, Map.of("LANG", "C"), "", "lkipbu", "-s", "-t", "vip").out())
        .isEqualTo(
            "IP address: 10.0.0.50\nNetmask: 255.255.255.0\n"
                + "Primary interface: eth0 (up)\nBackup interface: eth1\n");
    assertThat(ok(lab.lkipbu("-s", "--json", "-t", "vip"))).contains("\"ready\" : true");
    assertThat(ok(lab.lkipbu("--check", "--json", "-t", "vip"))).contains("\"healthy\" : true");
    lab.cutCarrier("eth0");
    CommandResult ill = lab.lkipbu("--check", "--json", "-t", "vip");
    assertThat(ill.exitCode()).isEqualTo(13);
    assertThat(ill.out()).contains("\"fault\" : \"NO_LINK\"");
    assertThat(ill.err()).hasLineCount(1);
  }

  @Test
  void an_interface_is_emptied_as_far_as_it_goes() {
    CommandResult result = lab.lkipbu("--evacuate", "eth0");

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.out()).startsWith("10.0.0.50: eth0 -> eth1, verified").hasLineCount(1);
    assertThat(result.err())
        .isEqualTo("lkipbu: other: instance other has no backup interface: name one with -a\n");
    assertThat(lab.answers(lab.client(), lab.vip())).isTrue();

    ok(lab.lkipbu("-a", "-t", "other", "-f", "eth1"));
    assertThat(ok(lab.lkipbu("--evacuate", "eth0"))).startsWith("10.0.0.51: eth0 -> eth1");
    assertThat(ok(lab.lkipbu("--evacuate", "eth0")))
        .isEqualTo("no address is in service on eth0\n");
  }

  /** With another program in the place of logger, in a mount namespace of the test's own. */
  @Test
  void every_change_is_a_line_in_the_log() throws Exception {
    Path log = lab.folder().resolve("log");
    Path logger = lab.folder().resolve("logger");
    Files.writeString(logger, "#!/bin/sh\nprintf '%s|' \"$@\" >>" + log + "\necho >>" + log + "\n");
    Files.setPosixFilePermissions(logger, PosixFilePermissions.fromString("rwxr-xr-x"));
    String scripts = Path.of("scripts").toAbsolutePath().toString();
    String change =
        "mount --bind "
            + logger
            + " /usr/bin/logger && cd "
            + scripts
            + " && ./lkipbu -m -t vip && ./lkipbu -r -t vip -f eth0"
            + " && ./lkipbu -s -t vip && lcd/ins_list -t vip && ./lkipbu --check -t vip"
            + " && lcd/perform_action -t vip -a remove";

    ok(lab.run(lab.host(), "unshare", "-m", "sh", "-c", change));

    assertThat(written(log, 3))
        .matches(
            "-t\\|lkipbu\\|-p\\|local6.notice\\|--\\|lkipbu --move vip: 10.0.0.50: eth0 -> eth1, verified .*\\|\n"
                + "-t\\|lkipbu\\|-p\\|local6.notice\\|--\\|lkipbu --remove vip: eth0 is the backup no more\\|\n"
                + "-t\\|lkipbu\\|-p\\|local6.notice\\|--\\|perform_action -t vip -a remove\\|\n");
  }

  private static String written(Path log, int lines) throws IOException, InterruptedException {
    String text = "";
    for (int i = 0; i < 200 && text.lines().count() < lines; i++) {
      Thread.sleep(20);
      text = Files.exists(log) ? Files.readString(log) : "";
    }
    return text;
  }

  private static String ok(CommandResult result) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result.out();
  }
}
