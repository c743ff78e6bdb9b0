package org.lkipbu.cli.lcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.ProcessCommandRunner;

/**
 * The store on a file system of 64 KiB in a mount namespace of the test's own, filled to the last
 * byte, then read-only. It goes with the network tests because it needs root as they do.
 */
@Tag("network")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FullDiskTest {

  private static final String INFO = "A eth0 10.0.0.5 fffffc00 none";
  private static final String MOUNT = "mount -t tmpfs -o size=64k,mode=755 tmpfs \"$1\"";
  private static final String FILL = "dd if=/dev/zero of=\"$1/fill\" bs=1 2>/dev/null || true";
  private static final String SUMS = "find \"$1/instances\" -type f -exec cksum {} +";

  @TempDir Path folder;

  private CommandResult inNamespace(String script) throws IOException {
    Path state = Files.createDirectories(folder.resolve("state"));
    Map<String, String> environment =
        Map.of(
            "LKIPBU_STATE_DIR", state.toString(),
            "LKIPBU_RUN_DIR", folder.resolve("run").toString(),
            "LKIPBU_CONFIG_DIR", folder.resolve("config").toString(),
            "LKIPBU_STORE", "embedded");
    List<String> argv =
        List.of(
            "unshare",
            "-m",
            "sh",
            "-c",
            script,
            Path.of("scripts").toAbsolutePath().toString(),
            state.toString());
    return new ProcessCommandRunner().run(new Command(argv, Duration.ofSeconds(60), environment));
  }

  private static String script(String... steps) {
    List<String> lines = new ArrayList<>(List.of("set -e", MOUNT));
    lines.add("\"$0/lcd/ins_create\" -a comm -r ip -t vip -i x -v '" + INFO + "'");
    lines.addAll(List.of(steps));
    return String.join("\n", lines);
  }

  private static String expectOne(String command) {
    return "code=0; \"$0/" + command + " || code=$?; echo \"code $code\"";
  }

  @Test
  void nothing_is_half_written_where_there_is_no_room() throws IOException {
    CommandResult result =
        inNamespace(
            script(
                FILL,
                SUMS,
                expectOne("lcd/ins_setinfo\" -t vip -v '" + INFO.replace("none", "eth1") + "'"),
                expectOne("lcd/ins_setstate\" -t vip -S ISP"),
                expectOne("lcd/ins_create\" -a comm -r ip -t new -i x -v '" + INFO + "'"),
                SUMS,
                "\"$0/lcd/ins_list\" -f,"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    String[] lines = result.out().split("\n");
    assertThat(lines).hasSize(6);
    assertThat(lines[0]).isEqualTo(lines[4]);
    assertThat(List.of(lines).subList(1, 4)).containsOnly("code 1");
    assertThat(lines[5]).contains(INFO + ",OSU,");
    assertThat(result.err().split("\n")).hasSize(3).allMatch(e -> e.contains("No space left"));
  }

  @Test
  void nothing_changes_where_nothing_can_be_written() throws IOException {
    CommandResult result =
        inNamespace(
            script(
                "mount -o remount,ro \"$1\"",
                expectOne("lcd/ins_setinfo\" -t vip -v '" + INFO.replace("none", "eth1") + "'"),
                expectOne("lcd/ins_setstate\" -t vip -S ISP"),
                expectOne("lcd/ins_create\" -a comm -r ip -t new -i x -v '" + INFO + "'"),
                expectOne("lcd/ins_remove\" -t vip"),
                "\"$0/lcd/ins_list\" -f,"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    String[] lines = result.out().split("\n");
    assertThat(List.of(lines).subList(0, 4)).containsOnly("code 1");
    assertThat(lines[4]).contains(INFO + ",OSU,");
    assertThat(result.err().split("\n")).hasSize(4).allMatch(e -> e.contains("Read-only"));
  }
}
