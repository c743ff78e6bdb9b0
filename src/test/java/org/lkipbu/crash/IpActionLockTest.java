package org.lkipbu.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lkipbu.host.Boot;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;

/** What ipaction makes of its lock, of its caller's death, and of what a killed one has left. */
@Tag("network")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IpActionLockTest {

  private static final String SYSCTL = "net/ipv6/conf/eth1/ndisc_notify";

  private static NetLab lab;
  private Process holder;

  @BeforeAll
  static void a_network() {
    lab = new NetLab(LabPlan.of(Family.IPV4));
    lab.environment().put("NOIPUNIQUE", "1");
  }

  @AfterAll
  static void remove_it() {
    lab.close();
  }

  @AfterEach
  void let_go() throws Exception {
    lab.environment().remove("LKIPBU_CALLER");
    lab.environment().remove("LKIPBU_LOCK_WAIT");
    if (holder != null) {
      holder.destroyForcibly().waitFor();
    }
  }

  @Test
  void what_a_command_that_has_ended_asked_for_is_not_done_any_more() throws Exception {
    Process caller = new ProcessBuilder("sleep", "60").start();
    String name = new Boot(Path.of("/proc")).process(Long.toString(caller.pid()));
    lab.environment().put("LKIPBU_CALLER", name);

    assertThat(lab.ipaction("restore", lab.vipAndPrefix(), "eth0").exitCode()).isZero();
    caller.destroyForcibly().waitFor();
    CommandResult result = lab.ipaction("move", lab.vipAndPrefix(), "eth0", "eth1");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("has ended: nothing was changed").hasLineCount(1);
    assertThat(lab.ok(lab.host(), "ip", "-o", "addr", "show", "dev", "eth0")).contains(lab.vip());

    // Another process may have its number by now.
    lab.environment().put("LKIPBU_CALLER", ProcessHandle.current().pid() + " 12");
    assertThat(lab.ipaction("remove", lab.vipAndPrefix(), "eth0").exitCode()).isEqualTo(1);
    assertThat(lab.ok(lab.host(), "ip", "-o", "addr", "show", "dev", "eth0")).contains(lab.vip());
  }

  @Test
  void who_holds_the_lock_is_said_when_the_wait_is_over() throws Exception {
    holdLock("echo $$ move 10.9.9.9/24 >" + lab.folder() + "/run/holder");
    lab.environment().put("LKIPBU_LOCK_WAIT", "0");

    CommandResult result = lab.ipaction("restore", lab.vipAndPrefix(), "eth0");

    assertThat(result.exitCode()).isEqualTo(12);
    assertThat(result.err())
        .matches(
            "ipaction: process "
                + holder.pid()
                + " \\(move 10.9.9.9/24\\) changes addresses of this host since 20\\d\\d-.*Z,"
                + " for more than 0 seconds\n");
  }

  @Test
  void a_holder_without_a_name_is_still_said_to_be_there() throws Exception {
    holdLock("rm -f " + lab.folder() + "/run/holder");
    lab.environment().put("LKIPBU_LOCK_WAIT", "0");

    CommandResult result = lab.ipaction("remove", lab.vipAndPrefix(), "eth0");

    assertThat(result.exitCode()).isEqualTo(12);
    assertThat(result.err()).contains("another process changes addresses").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"restore", "remove", "refresh", "move", "settle"})
  void sysctls_that_a_killed_one_had_borrowed_are_given_back_by_the_next(String operation)
      throws Exception {
    assertThat(lab.ipaction("restore", lab.vipAndPrefix(), "eth0").exitCode()).isZero();
    leaveLentSysctl();

    CommandResult result =
        switch (operation) {
          case "settle" -> lab.ipaction("settle");
          case "move" -> lab.ipaction("move", lab.vipAndPrefix(), "eth0", "eth1");
          default -> lab.ipaction(operation, lab.vipAndPrefix(), "eth0");
        };

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertGivenBack();
  }

  @Test
  void a_repair_gives_them_back_where_no_move_was_interrupted() throws Exception {
    leaveLentSysctl();

    assertThat(lab.lkipbu("--repair").exitCode()).isZero();

    assertGivenBack();
  }

  @Test
  void a_folder_that_others_may_write_is_refused() throws Exception {
    Path addresses = lab.folder().resolve("run/addresses");
    lab.ipaction("refresh", lab.vipAndPrefix(), "eth0");
    for (Path folder : new Path[] {addresses, lab.folder().resolve("run")}) {
      lab.ok(lab.host(), "chmod", "757", folder.toString());
      CommandResult result = lab.ipaction("restore", lab.vipAndPrefix(), "eth0");
      lab.ok(lab.host(), "chmod", "755", folder.toString());
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains(folder + " can be written by others").hasLineCount(1);
      lab.ok(lab.host(), "chown", "65534", folder.toString());
      result = lab.ipaction("restore", lab.vipAndPrefix(), "eth0");
      lab.ok(lab.host(), "chown", "0", folder.toString());
      assertThat(result.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void only_root_changes_addresses_and_anybody_may_look() {
    lab.publish();
    String before = lab.ok(lab.host(), "ip", "-o", "addr", "show");
    for (String operation : new String[] {"restore", "remove", "refresh"}) {
      CommandResult result = lab.asNobody("ipaction", operation, lab.vipAndPrefix(), "eth0");
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).isEqualTo("ipaction: only root can change addresses\n");
    }
    assertThat(lab.asNobody("ipaction", "settle").exitCode()).isEqualTo(1);
    CommandResult look = lab.asNobody("ipaction", "-n", "restore", lab.vipAndPrefix(), "eth0");
    assertThat(look.exitCode()).as(look.err()).isZero();
    assertThat(lab.ok(lab.host(), "ip", "-o", "addr", "show")).isEqualTo(before);
  }

  @Test
  void what_is_recorded_may_be_lost_on_a_full_disk_but_the_address_moves() {
    CommandResult result =
        lab.run(
            lab.host(),
            "sh",
            "-ec",
            "mount -t tmpfs -o size=16k,mode=755 tmpfs \"$LKIPBU_RUN_DIR\"\n"
                + "\"$0\" restore \"$1\" eth0\n"
                + "dd if=/dev/zero of=\"$LKIPBU_RUN_DIR/fill\" bs=1 2>/dev/null || true\n"
                + "\"$0\" move \"$1\" eth0 eth1\n"
                + "ip -o addr show dev eth1\n"
                + "rm \"$LKIPBU_RUN_DIR/fill\"\n"
                + "\"$0\" remove \"$1\" eth1\n",
            Path.of("scripts/ipaction").toAbsolutePath().toString(),
            lab.vipAndPrefix());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains(lab.vip());
    assertThat(lab.ok(lab.host(), "ip", "rule", "show")).doesNotContain(lab.vip());
  }

  /** Takes ipaction's lock and does something, then keeps the lock. */
  private void holdLock(String script) throws Exception {
    Path ready = lab.folder().resolve("ready");
    Files.deleteIfExists(ready);
    holder =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                lab.host(),
                "sh",
                "-c",
                "exec 9</proc/self/ns/net; flock 9; " + script + "; >" + ready + "; exec sleep 60")
            .start();
    for (int i = 0; i < 1000 && !Files.exists(ready); i++) {
      Thread.sleep(10);
    }
    assertThat(ready).exists();
  }

  /** The sysctl and the file as a killed ipaction leaves them. */
  private static void leaveLentSysctl() throws IOException {
    lab.sysctl(lab.host(), SYSCTL, "1");
    Files.writeString(lab.folder().resolve("run/lent"), SYSCTL + " 0\n" + SYSCTL + " 1\n");
  }

  private static void assertGivenBack() {
    assertThat(lab.ok(lab.host(), "cat", "/proc/sys/" + SYSCTL)).isEqualTo("0\n");
    assertThat(lab.folder().resolve("run/lent")).doesNotExist();
  }
}
