package org.lkipbu.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Pinger;
import org.lkipbu.lab.Situation.Family;
import org.lkipbu.lab.Situation.OwnAddresses;

/**
 * The watcher's unit under a systemd that has booted: a Debian 12 with the .deb installed, whose
 * networkd gives eth0 and eth1 their own addresses, and which protects an IPv4 and an IPv6 address.
 */
@Tag("long")
@Timeout(300)
@DisplayNameGeneration(ReplaceUnderscores.class)
class BootTest {

  private static final String UNIT = "lkipbu-watch.service";
  private static final String V4 = "10.0.0.50";
  private static final String V6 = "fd00:10::50";
  private static final List<String> BOTH = List.of(V4, V6);
  private static final LabPlan PLAN = LabPlan.of(Family.IPV4).withOwn(OwnAddresses.NEITHER);

  /** A server with two interfaces must not wait for the one that is dead. */
  private static final String ANY =
      """
      [Service]
      ExecStart=
      ExecStart=/lib/systemd/systemd-networkd-wait-online --any
      """;

  /** A service cannot bind to an address that is not there, or that is still tentative. */
  private static final String NEEDY =
      """
      [Unit]
      Wants=network-online.target
      After=network-online.target

      [Service]
      Type=oneshot
      RemainAfterExit=yes
      ExecStart=/usr/bin/perl -MIO::Socket::IP -e \
      'for (@ARGV) { IO::Socket::IP->new(LocalHost => $$_, LocalPort => 9, Listen => 1) or die "$$_: $$@" }' \
      10.0.0.50 fd00:10::50

      [Install]
      WantedBy=multi-user.target
      """;

  private static DebianRoot debian;

  private NetLab lab;
  private BootedDebian host;

  @BeforeAll
  static void a_debian_with_the_package() throws IOException {
    Path deb = PackagesTest.one(".deb");
    debian =
        new DebianRoot(
            "systemd",
            "dbus",
            "default-jre-headless",
            "iproute2",
            "iputils-ping",
            "iputils-arping",
            "libndp-tools");
    debian.copy(deb, "lkipbu.deb");
    debian.ok("dpkg", "--install", "/root/lkipbu.deb");
    network("eth0", 10);
    network("eth1", 11);
    debian.ok("systemctl", "enable", "systemd-networkd.service");
    Path units = debian.path("/etc/systemd/system");
    Path waiting = units.resolve("systemd-networkd-wait-online.service.d");
    Files.writeString(Files.createDirectory(waiting).resolve("any.conf"), ANY);
    Files.writeString(units.resolve("needy.service"), NEEDY);
  }

  @AfterAll
  static void remove_it() {
    if (debian != null) {
      debian.close();
    }
  }

  @BeforeEach
  void boot_it_and_protect_two_addresses() throws IOException {
    boot();
    for (String address : BOTH) {
      String prefix = address.equals(V6) ? "/64" : "/24";
      host.ok("lkipbu", "--protect", address + prefix, "-f", "eth0");
      host.ok("lkipbu", "-a", "-t", "ip-" + address, "-f", "eth1");
    }
  }

  @AfterEach
  void end_it_and_forget_what_it_protected() {
    end();
    debian.ok("rm", "-rf", "/var/lib/lkipbu", "/etc/lkipbu/hooks.d");
    debian.ok("systemctl", "disable", "lkipbu-watch.service", "needy.service");
  }

  @Test
  void it_is_ready_when_the_addresses_are_and_may_do_no_more_than_it_needs() throws IOException {
    host.enable(UNIT);

    assertThat(host.state(UNIT)).isEqualTo("active");
    assertThat(host.property(UNIT, "Type")).isEqualTo("notify");
    assertThat(host.journal(UNIT, "notice"))
        .contains("(10.0.0.50): in service on eth0", "(fd00:10::50): in service on eth0")
        .doesNotContain("watching 2 addresses", "<5>");
    assertThat(host.journal(UNIT)).contains("watching 2 addresses");

    assertThat(host.property(UNIT, "CapabilityBoundingSet")).isEqualTo("cap_net_admin cap_net_raw");
    String pid = host.property(UNIT, "MainPID");
    String status = host.ok("cat", "/proc/" + pid + "/status");
    assertThat(status)
        // CAP_NET_ADMIN is bit 12 and CAP_NET_RAW bit 13.
        .contains("CapBnd:\t0000000000003000\n", "CapEff:\t0000000000003000\n")
        .contains("NoNewPrivs:\t1\n", "Seccomp:\t2\n");
  }

  @Test
  void after_a_reboot_the_addresses_are_there_before_what_waits_for_the_network() throws Exception {
    host.ok("systemctl", "enable", "needy.service");
    reboot();
    assertThat(host.state("needy.service")).as("without the watcher").isEqualTo("failed");

    host.ok("systemctl", "enable", UNIT);
    reboot();
    assertThat(host.state("needy.service"))
        .as(host.journal("needy.service") + host.journal(UNIT))
        .isEqualTo("active");
    assertThat(host.ok("systemctl", "list-dependencies", "--after", "network-online.target"))
        .contains(UNIT);
    areOn("eth0");
    answer();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void after_a_reboot_with_a_dead_primary_they_are_on_the_backup_as_early(boolean there)
      throws Exception {
    host.ok("systemctl", "enable", "needy.service", UNIT);
    host.powerOff();
    end();
    connect();
    if (there) {
      lab.cutCarrier("eth0");
    } else {
      lab.ok(lab.host(), "ip", "link", "del", "eth0");
    }
    host = new BootedDebian(debian, lab.host());

    assertThat(host.state("needy.service"))
        .as(host.journal("needy.service") + host.journal(UNIT))
        .isEqualTo("active");
    areOn("eth1");
    answer();
  }

  @Test
  void a_lost_carrier_moves_both_addresses_and_runs_the_hooks() throws Exception {
    hook(
        "50-note",
        "echo 1 >/proc/sys/net/ipv6/conf/eth1/accept_dad &&"
            + " echo \"$LKIPBU_ADDRESS $LKIPBU_FROM $LKIPBU_TO\" >>/run/lkipbu/moved");
    hook("60-elsewhere", "echo here >/etc/moved");
    host.enable(UNIT);
    answer();
    try (Pinger v4 = lab.pinger(lab.client(), V4);
        Pinger v6 = lab.pinger(lab.client(), V6)) {
      lab.cutCarrier("eth0");

      areOn("eth1");
      assertThat(v4.awaitReplies(5, Duration.ofSeconds(10))).isTrue();
      assertThat(v6.awaitReplies(5, Duration.ofSeconds(10))).isTrue();
    }
    String[] moved = {"cat", "/run/lkipbu/moved"};
    host.becomes("the hook ran for both", () -> host.run(moved).out().lines().count() == 2);
    assertThat(host.ok(moved).lines())
        .containsExactlyInAnyOrder("10.0.0.50 eth0 eth1", "fd00:10::50 eth0 eth1");
    host.becomes(
        "a hook that may not write there is told of",
        () -> host.journal(UNIT).contains("cannot create /etc/moved: Read-only file system"));
    assertThat(host.journal(UNIT)).doesNotContain("50-note");
    assertThat(lab.ok(lab.host(), "sysctl", "-n", "net.ipv6.conf.eth1.accept_dad"))
        .isEqualTo("1\n");
  }

  @Test
  void a_watcher_that_is_killed_is_there_again_however_often_and_recovers_a_later_fault()
      throws Exception {
    host.enable(UNIT);
    answer();
    for (int kills = 1; kills <= 8; kills++) {
      String restarts = Integer.toString(kills);
      host.ok("systemctl", "kill", "--kill-whom=main", "--signal=KILL", UNIT);
      host.becomes(
          "it was started again " + restarts + " times",
          () ->
              host.property(UNIT, "NRestarts").equals(restarts)
                  && host.state(UNIT).equals("active"));
    }
    areOn("eth0");

    lab.cutCarrier("eth0");

    areOn("eth1");
    answer();
  }

  @Test
  void a_stop_leaves_the_addresses_where_they_are() throws Exception {
    host.enable(UNIT);
    areOn("eth0");

    host.ok("systemctl", "stop", UNIT);

    assertThat(host.state(UNIT)).isEqualTo("inactive");
    assertThat(host.property(UNIT, "Result")).isEqualTo("success");
    areOn("eth0");
    answer();
  }

  @Test
  void what_networkd_takes_when_it_starts_anew_is_put_back() throws Exception {
    host.enable(UNIT);
    answer();
    host.ok("systemctl", "restart", "systemd-networkd.service");

    host.becomes("the rules are right", () -> host.run("lkipbu", "--check", "-t", "ip-" + V4).ok());
    host.becomes("those of IPv6 too", () -> host.run("lkipbu", "--check", "-t", "ip-" + V6).ok());
    areOn("eth0");
    answer();
  }

  @Test
  void an_upgrade_goes_on_watching_and_a_removal_leaves_the_addresses() throws Exception {
    assertThat(host.state(UNIT)).as("after an installation").isEqualTo("inactive");
    host.enable(UNIT);
    String before = host.property(UNIT, "MainPID");

    host.ok("dpkg", "--install", "/root/lkipbu.deb");
    assertThat(host.state(UNIT)).isEqualTo("active");
    assertThat(host.property(UNIT, "MainPID")).isNotEqualTo(before);
    areOn("eth0");

    try {
      host.ok("dpkg", "--remove", "lkipbu");
      assertThat(host.state(UNIT)).isEqualTo("inactive");
      answer();
    } finally {
      host.ok("dpkg", "--install", "/root/lkipbu.deb");
    }
    assertThat(host.run("systemctl", "is-enabled", UNIT).out()).isEqualTo("disabled\n");
  }

  private void boot() throws IOException {
    connect();
    host = new BootedDebian(debian, lab.host());
  }

  private void connect() {
    lab = new NetLab(PLAN);
    lab.ok(lab.client(), "ip", "addr", "add", "fd00:10::2/64", "dev", "eth0", "nodad");
  }

  /** A new network namespace has what the kernel has after a reboot: nothing. */
  private void reboot() throws Exception {
    host.powerOff();
    end();
    boot();
  }

  private void end() {
    if (host != null) {
      host.close();
      host = null;
    }
    if (lab != null) {
      lab.close();
      lab = null;
    }
  }

  /** Waits until both addresses are on an interface, and on no other. */
  private void areOn(String interfaceName) {
    for (String address : BOTH) {
      host.becomes(
          address + " is on " + interfaceName,
          () ->
              lab.ok(lab.host(), "ip", "-o", "addr", "show", "to", address)
                  .matches("\\d+: " + interfaceName + " [^\n]*\n"));
    }
  }

  private void answer() {
    for (String address : BOTH) {
      assertThat(lab.answers(lab.client(), address)).as(address).isTrue();
    }
  }

  private static void hook(String name, String script) throws IOException {
    Path folder = Files.createDirectories(debian.path("/etc/lkipbu/hooks.d"));
    Path hook = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Has networkd give an interface addresses of its own. */
  private static void network(String interfaceName, int last) throws IOException {
    String settings =
        """
        [Match]
        Name=%1$s

        [Network]
        IPv6AcceptRA=no
        Address=10.0.0.%2$d/24
        Address=fd00:10::%2$d/64
        """
            .formatted(interfaceName, last);
    Path file = debian.path("/etc/systemd/network/" + interfaceName + ".network");
    Files.writeString(file, settings);
  }
}
