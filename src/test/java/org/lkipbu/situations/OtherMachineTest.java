package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.Situation.Family;
import org.lkipbu.lab.SshLink;

/** {@code -d} over a real sshd on another machine, which has the protected address. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OtherMachineTest {

  private static final String ODD_TAG = "ip/a:b@c+d";

  private ProtectedHost host;
  private SshLink ssh;

  @BeforeEach
  void a_machine_that_can_be_logged_in_to() throws IOException {
    host = ProtectedHost.inService(LabPlan.of(Family.IPV4).withBroadcastAnswered());
    ssh = new SshLink(host.lab);
  }

  @AfterEach
  void all_is_removed() {
    if (ssh != null) {
      ssh.close();
    }
    host.close();
  }

  private CommandResult there(String... arguments) {
    return ssh.lkipbu(SshLink.MACHINE, arguments);
  }

  @Tag("network")
  @Test
  void every_operation_runs_there_and_comes_back_unchanged() {
    assertThat(there("-s", "-t", "vip").out())
        .isEqualTo(host.lab.lkipbu("-s", "-t", "vip").out())
        .contains("Primary interface: eth0 (up)");
    host.succeeds(there("-rt", "vip", "-f", "eth1"));
    host.succeeds(there("-a", "-tvip", "--interface=eth1"));
    CommandResult again = there("-a", "-t", "vip", "-f", "eth1");
    assertThat(again.exitCode()).isEqualTo(4);
    assertThat(again.err()).startsWith("lkipbu: instance vip has the backup").hasLineCount(1);
    assertThat(host.succeeds(there("-m", "-t", "vip"))).contains("eth0 -> eth1, verified by");
    assertThat(host.interfacesOfAddress()).isEqualTo("eth1");
    assertThat(host.succeeds(there("--check", "--quick", "-t", "vip"))).contains("healthy on eth1");
    assertThat(host.succeeds(there("--recover", "-t", "vip"))).contains("in service on eth1");
    assertThat(host.succeeds(there("--repair"))).isEmpty();
  }

  @Tag("network")
  @Test
  void words_that_need_quoting_arrive_as_they_were() {
    host.succeeds(
        host.lab.lcd(
            "ins_create",
            "-a",
            "comm",
            "-r",
            "ip",
            "-t",
            ODD_TAG,
            "-i",
            "x",
            "-v",
            "host eth0 10.0.0.51 ffffff00 none"));
    assertThat(host.succeeds(there("-s", "-t", ODD_TAG))).contains("10.0.0.51");
    String odd = "e$(id);'#1";
    host.lab.ok(host.lab.host(), "ip", "link", "add", odd, "type", "veth", "peer", "name", "p9");

    host.succeeds(there("-a", "-t", ODD_TAG, "-f", odd));

    assertThat(host.succeeds(there("-s", "-t", ODD_TAG))).endsWith("interface: " + odd + "\n");
    assertThat(there("-s", "-t", "-x").exitCode()).isEqualTo(7);
  }

  @Tag("network")
  @Test
  void a_machine_with_the_wrong_key_is_not_used() throws IOException {
    Path ran = host.lab.folder().resolve("ran");
    ssh.install("touch " + ran);
    ssh.expectAnotherKey();

    CommandResult result = there("-m", "-t", "vip");

    assertThat(result.exitCode()).isEqualTo(9);
    assertThat(result.err()).startsWith("lkipbu: 10.0.0.10 could not be reached").hasLineCount(1);
    assertThat(ran).doesNotExist();
    assertThat(host.interfacesOfAddress()).isEqualTo("eth0");
  }

  @Tag("network")
  @Test
  void a_refused_connection_and_an_address_where_nobody_is_are_nine_within_the_limit() {
    long start = System.nanoTime();
    CommandResult refused = ssh.lkipbu("10.0.0.11", "-s", "-t", "vip");
    CommandResult nobody = ssh.lkipbu("10.0.0.99", "-s", "-t", "vip");

    assertThat(refused.exitCode()).isEqualTo(9);
    assertThat(refused.err()).contains("10.0.0.11 could not be reached", "refused").hasLineCount(1);
    assertThat(nobody.exitCode()).isEqualTo(9);
    assertThat(nobody.err()).contains("10.0.0.99 could not be reached").hasLineCount(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Tag("network")
  @Test
  void a_nine_from_there_and_a_megabyte_from_there_are_told_as_they_are() throws IOException {
    ssh.install("echo 'lkipbu: why: what' >&2; exit 9");
    CommandResult nine = there("-s", "-t", "vip");
    assertThat(nine.exitCode()).isEqualTo(9);
    assertThat(nine.err()).isEqualTo("10.0.0.10: lkipbu: why: what\n");

    ssh.install("head -c 1000000 /dev/zero | tr '\\0' x; exit 255");
    CommandResult much = there("-s", "-t", "vip");
    assertThat(much.exitCode()).isEqualTo(255);
    assertThat(much.out()).isEqualTo("x".repeat(1_000_000));
    assertThat(much.err()).isEmpty();
  }

  @Tag("network")
  @Test
  void a_move_whose_ssh_dies_ends_whole_there() throws Exception {
    Process here = slowMove();
    here.descendants()
        .filter(one -> one.info().command().orElse("").endsWith("/ssh"))
        .forEach(ProcessHandle::destroyForcibly);

    assertMovedWhole(here);
  }

  @Tag("long")
  @Test
  void a_move_whose_connection_is_cut_ends_whole_there() throws Exception {
    Process here = slowMove();
    host.lab.ok(host.lab.networkSwitch(), "ip", "link", "set", "c0", "down");

    assertMovedWhole(here);
  }

  /** A move that is in the middle when this returns: its ipaction waits two seconds. */
  private Process slowMove() throws Exception {
    Path ipaction = host.lab.folder().resolve("ipaction");
    Path begun = host.lab.folder().resolve("begun");
    Files.writeString(
        ipaction,
        "#!/bin/sh\ntouch "
            + begun
            + "\nsleep 1\nexec "
            + Path.of("scripts/ipaction").toAbsolutePath()
            + " \"$@\"\n");
    Files.setPosixFilePermissions(ipaction, PosixFilePermissions.fromString("rwxr-xr-x"));
    ssh.install("export LKIPBU_IPACTION=" + ipaction);
    Process here = ssh.start(SshLink.MACHINE, "-m", "-t", "vip");
    for (int i = 0; i < 600 && !Files.exists(begun); i++) {
      Thread.sleep(50);
    }
    assertThat(begun).exists();
    return here;
  }

  private void assertMovedWhole(Process here) throws Exception {
    assertThat(here.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(here.exitValue()).isEqualTo(9);
    assertThat(
            new String(
                here.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("10.0.0.10 was lost while the command ran there")
        .hasLineCount(1);
    String moved = host.info("eth1", "eth0");
    for (int i = 0; i < 400 && !host.storedInfo().equals(moved); i++) {
      Thread.sleep(50);
    }
    assertThat(host.storedInfo()).isEqualTo(moved);
    assertThat(host.interfacesOfAddress()).isEqualTo("eth1");
    assertThat(host.lab.lkipbu("--repair").out()).isEmpty();
  }
}
