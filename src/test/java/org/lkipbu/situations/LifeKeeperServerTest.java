package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.LifeKeeperStandIn;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Pinger;
import org.lkipbu.lab.Situation.Family;

/** On a server that runs what is documented of LifeKeeper, with other instances beside ours. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LifeKeeperServerTest {

  private static final String TAG = "ip-10.0.0.50";
  private static final String INFO = "lknode eth0 10.0.0.50 ffffff00 eth1";
  private static final String SWAPPED = "lknode eth1 10.0.0.50 ffffff00 eth0";
  private static final int INFO_FIELD = 5;

  private NetLab lab;
  private LifeKeeperStandIn lifeKeeper;

  @BeforeEach
  void a_server_with_the_address_in_service_by_the_vendors_own_restore() {
    lab = new NetLab(LabPlan.of(Family.IPV4));
    lifeKeeper = new LifeKeeperStandIn(lab);
    lifeKeeper.instance("comm", "ip", TAG, "IP-10.0.0.50", INFO, "OSU");
    lifeKeeper.instance("comm", "ip", "other", "IP-10.0.0.60", INFO.replace("50", "60"), "OSU");
    lifeKeeper.instance("filesys", "ext4", "/data", "disk", "", "ISP");
    ok(lifeKeeper.run("perform_action", "-t", TAG, "-a", "restore"));
    assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
  }

  @AfterEach
  void all_is_removed() {
    lab.close();
  }

  @Tag("network")
  @Test
  void the_local_recovery_scenario() throws Exception {
    ok(lifeKeeper.script("register"));
    try (Pinger pinger = lab.pinger(lab.client(), lab.vip(), Duration.ofMillis(50))) {
      ok(lifeKeeper.run("lkcheck"));
      assertThat(lifeKeeper.read("calls")).doesNotContain("sendevent");
      lab.cutCarrier("eth0");

      lifeKeeper.run("lkcheck");

      assertThat(awaitRecovery()).isEqualTo("0 " + TAG + "\n");
      assertThat(lifeKeeper.field(TAG, INFO_FIELD)).isEqualTo(SWAPPED);
      assertThat(pinger.awaitReplies(5, Duration.ofSeconds(10))).isTrue();
    }
    assertThat(lifeKeeper.field("other", INFO_FIELD)).isEqualTo(INFO.replace("50", "60"));
  }

  @Tag("network")
  @Test
  void with_both_links_lost_LifeKeeper_learns_that_another_server_must_do_it() throws Exception {
    ok(lifeKeeper.script("register"));
    lab.cutCarrier("eth0");
    lab.cutCarrier("eth1");

    lifeKeeper.run("lkcheck");

    assertThat(awaitRecovery()).isEqualTo("10 " + TAG + "\n");
    assertThat(lifeKeeper.field(TAG, INFO_FIELD)).isEqualTo(INFO);
    assertThat(lab.ok(lab.host(), "ip", "addr", "show", "eth0")).contains(lab.vip() + "/24");
  }

  @Tag("network")
  @Test
  void every_operation_works_on_its_instances() {
    assertThat(ok(lab.lkipbu("-s", "-t", TAG))).contains("eth0 (up)", "Backup interface: eth1");
    ok(lab.lkipbu("-r", "-t", TAG, "-f", "eth1"));
    assertThat(lifeKeeper.field(TAG, INFO_FIELD)).endsWith(" none");
    ok(lab.lkipbu("-a", "-t", TAG, "-f", "eth1"));
    assertThat(lifeKeeper.field(TAG, INFO_FIELD)).isEqualTo(INFO);
    assertThat(rules()).as("named only, not moved").isEmpty();
    ok(lab.lkipbu("--check", "-t", TAG));
    ok(lab.lkipbu("-m", "-t", TAG));
    assertThat(lifeKeeper.field(TAG, INFO_FIELD)).isEqualTo(SWAPPED);
    assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
    ok(lab.lkipbu("--recover", "-t", TAG));
    assertThat(lifeKeeper.field(TAG, INFO_FIELD)).isEqualTo(SWAPPED);
    assertThat(lab.lkipbu("-s", "-t", "/data").exitCode()).isEqualTo(5);
    assertThat(lab.lkipbu("-s", "-t", "nosuch").exitCode()).isEqualTo(7);
  }

  @Tag("network")
  @Test
  void the_codes_and_words_of_its_commands_are_carried_through() {
    for (int code = 1; code <= 9; code++) {
      lifeKeeper.demand("ins_list", "fail " + code + " reason " + code);
      CommandResult result = lab.lkipbu("-s", "-t", TAG);
      assertThat(result.exitCode()).isEqualTo(code);
      assertThat(result.err()).contains("reason " + code).hasLineCount(1);
    }
    lifeKeeper.relent("ins_list");
    lifeKeeper.demand("ins_setinfo", "fail 8 others depend");
    assertThat(lab.lkipbu("-r", "-t", TAG, "-f", "eth1").exitCode()).isEqualTo(8);
    CommandResult move = lab.lkipbu("-m", "-t", TAG);
    assertThat(move.exitCode()).isEqualTo(10);
    assertThat(move.err()).contains("others depend").hasLineCount(1);
    assertThat(lab.ok(lab.host(), "ip", "addr", "show", "eth0")).contains(lab.vip() + "/24");

    lifeKeeper.demand("ins_setinfo", "fail 0 says it is done and does nothing");
    CommandResult lie = lab.lkipbu("-r", "-t", TAG, "-f", "eth1");
    assertThat(lie.exitCode()).isEqualTo(1);
    assertThat(lie.err()).contains("after it was set");
  }

  @Tag("network")
  @Test
  void a_check_ends_in_time_and_sends_no_event_where_it_cannot_tell() {
    lab.environment().put("IP_QUICKCHECK_TIMEOUT", "4");
    lifeKeeper.demand("ins_list", "delay 30");
    long start = System.nanoTime();

    CommandResult check = lifeKeeper.script("quickCheck", "-t", TAG);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(7));
    assertThat(check.exitCode()).isNotZero();
    assertThat(lifeKeeper.read("calls")).doesNotContain("sendevent");
  }

  @Tag("network")
  @Test
  void quickCheck_finds_the_instance_by_tag_by_id_and_by_what_an_event_names() {
    lab.cutCarrier("eth0");
    lab.environment().put("LKIPBU_EVENT", "nowhere/nothing");
    for (String[] words :
        new String[][] {
          {"-t", TAG},
          {"-iIP-10.0.0.50"},
          {"-C", "ip", "-E", "x", "-m", "monitor", "-z", "-n", "10.0.0.50"},
          {"-C", "ip", "-n", TAG, "-y", "more", "rest"}
        }) {
      assertThat(lifeKeeper.script("quickCheck", words).exitCode()).isEqualTo(13);
    }
    assertThat(lifeKeeper.script("quickCheck", "-n", "10.0.0.77").exitCode()).isEqualTo(7);
    assertThat(lifeKeeper.script("recover", "-E", "x").exitCode()).isEqualTo(7);
  }

  @Tag("network")
  @Test
  void what_was_registered_before_is_kept_and_comes_back() throws Exception {
    Path type = lifeKeeper.root().resolve("subsys/comm/resources/ip");
    Path check = type.resolve("actions/quickCheck");
    LifeKeeperStandIn.executable(check, "#!/bin/sh\nexit 77\n");

    ok(lifeKeeper.script("register"));
    ok(lifeKeeper.script("register"));
    assertThat(check).content().contains("lifekeeper/quickCheck").doesNotContain("exit 77");
    assertThat(type.resolve("actions/quickCheck.before-lkipbu")).content().contains("exit 77");
    assertThat(type.resolve("recovery/lkipbu/ipfail")).isExecutable();
    String gone = Files.readString(check).replaceAll("/\\S*/lifekeeper/", "/nowhere/");
    LifeKeeperStandIn.executable(check, gone);
    assertThat(lab.run(lab.host(), check.toString()).exitCode()).isEqualTo(77);

    ok(lifeKeeper.script("unregister"));
    ok(lifeKeeper.script("unregister"));
    assertThat(check).content().contains("exit 77");
    assertThat(type.resolve("actions/quickCheck.before-lkipbu")).doesNotExist();
    assertThat(type.resolve("recovery/lkipbu/ipfail")).doesNotExist();
  }

  @Tag("network")
  @Test
  void another_machine_is_reached_by_lcdremexec_and_this_one_by_its_own_name() {
    lifeKeeper.machine("nodeb", lab.host());
    Path installed = lab.folder().resolve("lkipbu");
    StringBuilder script = new StringBuilder("#!/bin/sh\n");
    for (Map.Entry<String, String> one : lab.environment().entrySet()) {
      script.append("export ").append(one.getKey()).append("='").append(one.getValue());
      script.append("'\n");
    }
    String program = Path.of("scripts/lkipbu").toAbsolutePath().toString();
    LifeKeeperStandIn.executable(installed, script + "exec " + program + " \"$@\"\n");
    lab.environment().put("LKIPBU_REMOTE_PROGRAM", installed.toString());

    assertThat(ok(lab.lkipbu("-d", "nodeb", "-s", "-t", TAG)))
        .isEqualTo(ok(lab.lkipbu("-d", "lknode", "-s", "-t", TAG)));
    CommandResult none = lab.lkipbu("-d", "nodeb", "-s", "-t", "nosuch");
    assertThat(none.exitCode()).isEqualTo(7);
    assertThat(none.err()).startsWith("lkipbu: ").hasLineCount(1);
    assertThat(lifeKeeper.read("calls").split("lcdremexec -e -d nodeb -- ")).hasSize(3);
    assertThat(lifeKeeper.read("calls")).doesNotContain("-d lknode");
    CommandResult away = lab.lkipbu("-d", "nodec", "-s", "-t", TAG);
    assertThat(away.exitCode()).isEqualTo(9);
    assertThat(away.err()).contains("nodec could not be reached").hasLineCount(1);
  }

  private String rules() {
    return lab.ok(lab.host(), "ip", "rule", "show", "from", lab.vip());
  }

  private String awaitRecovery() throws InterruptedException {
    for (int i = 0; i < 600 && lifeKeeper.read("recovered").isEmpty(); i++) {
      Thread.sleep(50);
    }
    return lifeKeeper.read("recovered");
  }

  private static String ok(CommandResult result) {
    assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isZero();
    return result.out();
  }
}
