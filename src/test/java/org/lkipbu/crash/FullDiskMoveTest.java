package org.lkipbu.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;

/**
 * An address in service whose state folder is a file system of its own, in the mount namespace of
 * one script: filled to the last byte, then read-only, then in somebody else's hands.
 */
@Tag("network")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FullDiskMoveTest {

  private static final String BEGIN =
      """
      set -e
      mount -t tmpfs -o size=64k,mode=755 tmpfs "$LKIPBU_STATE_DIR"
      "$0/lcd/ins_create" -acomm -rip -t ip1 -i x -v "A eth0 $1 ffffff00 eth1"
      "$0/lcd/ins_create" -acomm -rip -t new -i x -v "A eth0 10.0.0.51 ffffff00 none"
      "$0/lcd/perform_action" -t ip1 -a restore
      try() { code=0; "$@" >/dev/null || code=$?; echo "code $code"; }
      tell() {
        "$0/lcd/ins_list" -f, | cut -d, -f4,6,7
        ip -o addr show | grep -F " $1/" | cut -d' ' -f2
        find "$LKIPBU_STATE_DIR" -type f ! -name fill | sort | xargs cksum
      }
      fill() { dd if=/dev/zero of="$LKIPBU_STATE_DIR/fill" bs=1 2>/dev/null || true; }
      all() {
        try "$0/lkipbu" -a -t new -f eth1
        try "$0/lkipbu" -m -t ip1
        try "$0/lkipbu" -r -t ip1 -f eth1
        try "$0/lcd/ins_setinfo" -t ip1 -v "B eth1 $1 ffffff00 eth0"
        try "$0/lcd/ins_setstate" -t ip1 -S OSU
      }
      """;

  private NetLab lab;

  @BeforeEach
  void a_network() {
    lab = new NetLab(LabPlan.of(Family.IPV4));
    lab.environment().put("NOIPUNIQUE", "1");
  }

  @AfterEach
  void remove_it() {
    lab.close();
  }

  @Test
  void on_a_full_disk_nothing_changes_and_with_room_again_everything_works() {
    List<String> lines =
        script(
            "tell \"$1\"; fill; echo =; all \"$1\"; echo =; tell \"$1\"; echo =;"
                + "rm \"$LKIPBU_STATE_DIR/fill\"; try \"$0/lkipbu\" -m -t ip1; tell \"$1\"");

    assertRefused(lines, "No space left on device");
    assertThat(lines.get(3)).contains("code 0").contains("ip1,A eth1 10.0.0.50 ffffff00 eth0,ISP");
  }

  @Test
  void on_a_read_only_disk_nothing_changes() {
    List<String> lines =
        script(
            "tell \"$1\"; mount -o remount,ro \"$LKIPBU_STATE_DIR\"; echo =; all \"$1\"; echo =;"
                + "tell \"$1\"");

    assertRefused(lines, "Read-only file system");
  }

  @Test
  void a_state_folder_that_others_may_write_or_own_is_refused() {
    for (String how : List.of("chmod 777", "chmod g+w", "chown 65534")) {
      for (String where : List.of("", "/instances")) {
        List<String> lines =
            script(
                "tell \"$1\"; "
                    + how
                    + " \"$LKIPBU_STATE_DIR"
                    + where
                    + "\"; echo =; all \"$1\";"
                    + " try \"$0/lkipbu\" -s -t ip1; echo =; chown 0 \"$LKIPBU_STATE_DIR"
                    + where
                    + "\"; chmod 755 \"$LKIPBU_STATE_DIR"
                    + where
                    + "\"; tell \"$1\"");
        assertRefused(lines, "root");
        lab.ipaction("remove", lab.vipAndPrefix(), "eth0");
      }
    }
  }

  private static void assertRefused(List<String> lines, String why) {
    assertThat(lines.get(1).lines().distinct()).containsExactly("code 1");
    assertThat(lines.get(2)).isEqualTo(lines.get(0)).contains("ip1,A eth0").contains("eth0\n");
    assertThat(lines.get(lines.size() - 1).lines()).allMatch(one -> one.matches("lkipbu: [ -~]+"));
    assertThat(lines.get(lines.size() - 1)).contains(why);
  }

  /** The parts of what the script said, which end at {@code =}, and what was on stderr. */
  private List<String> script(String script) {
    CommandResult result =
        lab.run(
            lab.host(),
            "sh",
            "-c",
            BEGIN + script,
            Path.of("scripts").toAbsolutePath().toString(),
            lab.vip());
    assertThat(result.exitCode()).as(result.err()).isZero();
    List<String> parts = new ArrayList<>(List.of(result.out().split("=\n")));
    parts.add(result.err());
    return parts;
  }
}
