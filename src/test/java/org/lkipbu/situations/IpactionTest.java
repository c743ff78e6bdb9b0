package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;
import org.lkipbu.lab.Situation.OwnAddresses;

/** ipaction by hand: what it takes, what it refuses, what it leaves. */
@Tag("network")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class IpactionTest {

  private static final Path HERE = Path.of("").toAbsolutePath();

  private static final String FAKE_LOGGER =
      """
      #!/bin/sh
      echo "$*" >>%s
      """;

  @ParameterizedTest
  @EnumSource(Family.class)
  void every_operation_may_be_repeated(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      lab.environment().put("NOIPUNIQUE", "1");
      for (int i = 0; i < 2; i++) {
        succeeds(lab.ipaction("restore", lab.vipAndPrefix(), "eth0"));
        succeeds(lab.ipaction("check", lab.vipAndPrefix(), "eth0"));
      }
      for (int i = 0; i < 2; i++) {
        succeeds(lab.ipaction("move", lab.vipAndPrefix(), "eth0", "eth1"));
        succeeds(lab.ipaction("check", lab.vipAndPrefix(), "eth1"));
      }
      for (int i = 0; i < 2; i++) {
        succeeds(lab.ipaction("remove", lab.vipAndPrefix(), "eth1"));
      }
      assertThat(lab.ipaction("check", lab.vipAndPrefix(), "eth1").exitCode()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void an_address_in_use_elsewhere_is_not_put_in_service(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      lab.addMachine("t", lab.vipAndPrefix());
      CommandResult refused = lab.ipaction("restore", lab.vipAndPrefix(), "eth0");
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
      assertThat(lab.ok(lab.host(), "ip", "-o", "addr")).doesNotContain(lab.vip() + "/");
      assertThat(lab.ok(lab.host(), "ip", "rule")).doesNotContain("108");
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void rules_and_routes_that_somebody_flushed_come_back(Family family) {
    String flag = family == Family.IPV6 ? "-6" : "-4";
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      lab.environment().put("NOIPUNIQUE", "1");
      succeeds(lab.ipaction("restore", lab.vipAndPrefix(), "eth0"));
      String before = lab.ok(lab.host(), "ip", flag, "rule");
      lab.ok(lab.host(), "ip", flag, "rule", "flush", "protocol", "108");
      lab.ok(lab.host(), "ip", flag, "route", "flush", "proto", "108", "table", "all");
      assertThat(lab.ipaction("check", lab.vipAndPrefix(), "eth0").exitCode()).isEqualTo(1);
      succeeds(lab.ipaction("refresh", lab.vipAndPrefix(), "eth0"));
      succeeds(lab.ipaction("check", lab.vipAndPrefix(), "eth0"));
      assertThat(lab.ok(lab.host(), "ip", flag, "rule")).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_check_says_where_the_address_is_not_and_what_is_missing(Family family) {
    String flag = family == Family.IPV6 ? "-6" : "-4";
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      lab.environment().put("NOIPUNIQUE", "1");
      succeeds(lab.ipaction("move", lab.vipAndPrefix(), "eth0", "eth1"));
      CommandResult elsewhere = lab.ipaction("check", lab.vipAndPrefix(), "eth0");
      assertThat(elsewhere.exitCode()).isEqualTo(1);
      assertThat(elsewhere.err()).contains(lab.vip() + " is not configured on eth0");
      String subnet =
          lab.ok(lab.host(), "ip", flag, "route", "show", "table", "all", "proto", "108")
              .split(" ")[0];
      lab.ok(lab.host(), "ip", flag, "route", "flush", "table", "all", "proto", "108");
      CommandResult gone = lab.ipaction("check", lab.vipAndPrefix(), "eth1");
      assertThat(gone.exitCode()).isEqualTo(1);
      assertThat(gone.err()).contains("is missing: route replace " + subnet);
      lab.ok(lab.host(), "ip", "addr", "del", lab.vipAndPrefix(), "dev", "eth1");
      CommandResult nowhere = lab.ipaction("check", lab.vipAndPrefix(), "eth1");
      assertThat(nowhere.exitCode()).isEqualTo(1);
      assertThat(nowhere.err()).contains(lab.vip() + " is not configured on eth1");
    }
  }

  /** The first look of a check leaves out what forbids a way, so that it must look again. */
  @Test
  void a_default_route_that_is_forbidden_to_the_host_stays_the_address_s_own() {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      lab.environment().put("NOIPUNIQUE", "1");
      String way = lab.ok(lab.host(), "ip", "route", "show", "default").strip() + " table ";
      lab.ok(lab.host(), "ip", "route", "del", "default");
      lab.ok(lab.host(), "ip", "route", "add", "unreachable", "default");
      lab.ok(lab.host(), ("ip route add " + way + "253").split(" "));
      succeeds(lab.ipaction("restore", lab.vipAndPrefix(), "eth0"));
      String own = way + "108";
      assertThat(lab.ok(lab.host(), "ip", "route", "show", "table", "all")).contains(own);
      succeeds(lab.ipaction("check", lab.vipAndPrefix(), "eth0"));
      assertThat(lab.ipaction("refresh", lab.vipAndPrefix(), "eth0").out()).isEmpty();
      assertThat(lab.ok(lab.host(), "ip", "route", "show", "table", "all")).contains(own);
    }
  }

  @Test
  void rules_go_below_what_the_host_has_and_after_local() {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      lab.environment().put("NOIPUNIQUE", "1");
      lab.ok(lab.host(), "ip", "rule", "add", "pref", "3", "from", "all", "lookup", "main");
      succeeds(lab.ipaction("restore", lab.vipAndPrefix(), "eth0"));
      assertThat(preferences(lab)).containsExactly("1", "1", "1");
      succeeds(lab.ipaction("check", lab.vipAndPrefix(), "eth0"));
      lab.ok(lab.host(), "ip", "rule", "del", "pref", "3");
      lab.ok(lab.host(), "ip", "rule", "add", "pref", "60", "from", "10.0.0.0/8", "lookup", "main");
      succeeds(lab.ipaction("refresh", lab.vipAndPrefix(), "eth0"));
      assertThat(preferences(lab)).containsExactly("1", "2", "3");
      lab.ok(lab.host(), "ip", "rule", "del", "pref", "60");
      // A rule that cannot match the address is in nobody's way.
      lab.ok(
          lab.host(), "ip", "rule", "add", "pref", "60", "from", "10.1.0.0/16", "lookup", "main");
      succeeds(lab.ipaction("refresh", lab.vipAndPrefix(), "eth0"));
      assertThat(preferences(lab)).containsExactly("108", "109", "110");
    }
  }

  @Test
  void where_no_rule_fits_the_address_is_refused() {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      lab.environment().put("NOIPUNIQUE", "1");
      lab.ok(lab.host(), "ip", "rule", "add", "pref", "1", "from", "all", "lookup", "main");
      CommandResult refused = lab.ipaction("restore", lab.vipAndPrefix(), "eth0");
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(5);
      assertThat(lab.ok(lab.host(), "ip", "-o", "addr")).doesNotContain(lab.vip() + "/");
    }
  }

  @Test
  void addresses_put_in_service_at_once_get_tables_of_their_own() {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      lab.environment().put("NOIPUNIQUE", "1");
      // The table that the first address would get is the host's own.
      succeeds(lab.ipaction("restore", "10.0.0.100/24", "eth0"));
      String taken = tables(lab).iterator().next();
      succeeds(lab.ipaction("remove", "10.0.0.100/24", "eth0"));
      lab.ok(lab.host(), "rm", "-r", lab.folder().resolve("run").resolve("addresses").toString());
      lab.ok(lab.host(), "ip", "route", "add", "blackhole", "192.0.2.0/24", "table", taken);
      List<CompletableFuture<CommandResult>> all = new ArrayList<>();
      for (int i = 100; i < 112; i++) {
        String address = "10.0.0." + i + "/24";
        all.add(CompletableFuture.supplyAsync(() -> lab.ipaction("restore", address, "eth0")));
      }
      all.forEach(one -> succeeds(one.join()));
      assertThat(tables(lab)).hasSize(12).doesNotContain(taken);
      for (int i = 100; i < 112; i++) {
        succeeds(lab.ipaction("check", "10.0.0." + i + "/24", "eth0"));
      }
    }
  }

  @Test
  void a_change_by_hand_is_logged_and_a_caller_logs_its_own() throws Exception {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      lab.environment().put("NOIPUNIQUE", "1");
      Path log = lab.folder().resolve("log");
      Path logger = Files.writeString(lab.folder().resolve("logger"), FAKE_LOGGER.formatted(log));
      lab.ok(lab.host(), "chmod", "755", logger.toString());
      String seen =
          "mount --bind %s /usr/bin/logger && %s %s %s %s; sleep 0.3; cat %s"
              .formatted(logger, "scripts/ipaction", "restore", lab.vipAndPrefix(), "eth0", log);
      assertThat(lab.ok(lab.host(), "unshare", "-m", "sh", "-c", "cd " + HERE + "; " + seen))
          .contains("-t lkipbu -p local6.notice -- ipaction: 10.0.0.50 put in service on eth0");
    }
  }

  @Test
  void a_dry_run_shows_the_commands_and_changes_nothing() {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      lab.environment().put("NOIPUNIQUE", "1");
      String before = lab.ok(lab.host(), "ip", "-d", "addr") + lab.ok(lab.host(), "ip", "rule");
      CommandResult shown = lab.ipaction("-n", "restore", lab.vipAndPrefix(), "eth0");
      succeeds(shown);
      assertThat(shown.out())
          .contains("ip -4 addr add 10.0.0.50/24")
          .contains("rule add pref 108 from 10.0.0.50");
      assertThat(lab.ok(lab.host(), "ip", "-d", "addr") + lab.ok(lab.host(), "ip", "rule"))
          .isEqualTo(before);
      assertThat(lab.folder().resolve("run")).isEmptyDirectory();
    }
  }

  @Test
  void an_interface_with_a_name_that_a_shell_would_read_is_an_ordinary_one() {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      lab.environment().put("NOIPUNIQUE", "1");
      String odd = "e$h;*&(t)?|`id`";
      lab.ok(lab.host(), "ip", "link", "set", "eth1", "down");
      lab.ok(lab.host(), "ip", "link", "set", "eth1", "name", odd);
      lab.ok(lab.host(), "ip", "link", "set", odd, "up");
      succeeds(lab.ipaction("restore", lab.vipAndPrefix(), "eth0"));
      succeeds(lab.ipaction("move", lab.vipAndPrefix(), "eth0", odd));
      succeeds(lab.ipaction("check", lab.vipAndPrefix(), odd));
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
      succeeds(lab.ipaction("remove", lab.vipAndPrefix(), odd));
      assertThat(lab.ok(lab.host(), "ip", "rule")).doesNotContain("108");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x/24",
        "10.0.0.5",
        "10.0.0.5/33",
        "10.0.0.5/",
        "/24",
        "10.0.0.256/24",
        "10.0.0/8",
        "010.0.0.1/8",
        "10.0.0.5/24/1",
        "::1/129",
        "2001:db8:::1/64",
        "2001:db8::1::2/64",
        "12345::/64",
        "-n/24",
        "10.0.0.5/2 4",
        "$(touch canary)/24",
        "10.0.0.5/24;id",
        "fe80::1%eth0/64"
      })
  void what_is_no_address_is_refused(String address) {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      CommandResult refused = lab.ipaction("restore", address, "eth0");
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err().lines()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../eth0",
        "-eth0",
        "eth 0",
        "sixteen_letters_",
        "a#b",
        "a'b",
        "a\"b",
        "a\\b"
      })
  void what_is_no_interface_is_refused(String name) {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      CommandResult refused = lab.ipaction("restore", lab.vipAndPrefix(), name);
      assertThat(refused.exitCode()).as(refused.err()).isIn(2, 5);
      assertThat(refused.err().lines()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void many_at_once_end_as_each_alone_would(Family family) throws Exception {
    try (NetLab lab = new NetLab(LabPlan.of(family))) {
      lab.environment().put("NOIPUNIQUE", "1");
      List<String> all = addresses(lab, 6);
      CommandResult restored = batch(lab, "restore", all, "eth0");
      assertThat(restored.out().lines()).containsExactlyElementsOf(done(all, ""));
      CommandResult moved = batch(lab, "move", all, "eth0 eth1");
      assertThat(moved.out().lines()).containsExactlyElementsOf(done(all, ""));
      for (String one : all) {
        succeeds(lab.ipaction("check", one, "eth1"));
        assertThat(lab.answers(lab.client(), host(one))).as(one).isTrue();
        assertThat(lab.folder().resolve("run/addresses").resolve(host(one)))
            .content()
            .contains("on eth1")
            .contains("origin eth0");
      }
      assertThat(Files.readAllLines(lab.folder().resolve("run/tables")))
          .hasSize(6)
          .doesNotHaveDuplicates();

      String flag = family == Family.IPV6 ? "-6" : "-4";
      lab.ok(lab.host(), "ip", flag, "rule", "flush", "protocol", "108");
      CommandResult refreshed = batch(lab, "refresh", all, "eth1");
      assertThat(refreshed.out().lines())
          .hasSize(6)
          .allMatch(line -> line.contains(" 0 put right: rule add "));
      assertThat(batch(lab, "refresh", all, "eth1").out().lines())
          .containsExactlyElementsOf(done(all, ""));
      assertThat(lab.folder().resolve("run").toFile().list())
          .noneMatch(name -> name.startsWith("batch"));
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void many_that_leave_nothing_behind_take_the_routes_of_the_interface_along(Family family) {
    try (NetLab lab = new NetLab(LabPlan.of(family).withOwn(OwnAddresses.NEITHER))) {
      lab.environment().put("NOIPUNIQUE", "1");
      List<String> all = addresses(lab, 4);
      batch(lab, "restore", all, "eth0");
      lab.addDefaultRoute();
      batch(lab, "refresh", all, "eth0");
      lab.cutCarrier("eth0");
      assertThat(batch(lab, "move", all, "eth0 eth1").out().lines())
          .hasSize(4)
          .allMatch(line -> line.matches("\\S+ 0 ?"));
      for (String one : all) {
        succeeds(lab.ipaction("check", one, "eth1"));
        assertThat(lab.answers(lab.client(), host(one))).as(one).isTrue();
        assertThat(lab.answers(lab.far(), host(one))).as(one).isTrue();
      }
    }
  }

  @Test
  void of_many_each_gets_its_own_status() {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      lab.addMachine("t", "10.0.0.62/24");
      List<String> all = addresses(lab, 3);
      CommandResult restored =
          lab.ipaction(
              "batch",
              "restore " + all.get(0) + " eth0",
              "restore " + all.get(1) + " nosuch0",
              "restore " + all.get(2) + " eth0");
      assertThat(restored.out().lines())
          .containsExactlyInAnyOrder(
              all.get(0) + " 0 ",
              all.get(1) + " 1 ipaction: there is no interface nosuch0",
              all.get(2)
                  + " 4 ipaction: 10.0.0.62 is in use: the machine with the MAC address "
                  + lab.mac(lab.added("t"), "eth0").toUpperCase(java.util.Locale.ROOT)
                  + " answers for it");
      assertThat(lab.ok(lab.host(), "ip", "-o", "addr")).doesNotContain("10.0.0.62/");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "move 10.0.0.60/24 eth0",
        "remove 10.0.0.60/24 eth0",
        "restore x/24 eth0",
        "restore 10.0.0.60/24 -eth0",
        "restore 10.0.0.60/24 eth0 eth1",
        "restore 10.0.0.60/24",
        ""
      })
  void what_is_nothing_for_many_is_refused_and_changes_nothing(String job) {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      lab.environment().put("NOIPUNIQUE", "1");
      CommandResult refused = lab.ipaction("batch", "restore 10.0.0.61/24 eth0", job);
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err().lines()).hasSize(1);
      assertThat(lab.ok(lab.host(), "ip", "-o", "addr")).doesNotContain("10.0.0.61/");
    }
  }

  @Test
  void every_awk_decides_alike() {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      lab.environment().put("NOIPUNIQUE", "1");
      succeeds(lab.ipaction("restore", lab.vipAndPrefix(), "eth0"));
      String rules = lab.ok(lab.host(), "ip", "rule");
      // Where both are installed mawk is taken; behind its name the other one is.
      String script =
          "mount --bind $(command -v gawk) /usr/bin/mawk && cd %s && for one in 'move %2$s eth0 eth1'"
                  .formatted(HERE, lab.vipAndPrefix())
              + " 'check %1$s eth1' 'batch \"move %1$s eth1 eth0\" \"restore 10.0.0.60/24 eth0\"'"
                  .formatted(lab.vipAndPrefix())
              + "; do eval scripts/ipaction \"$one\" || exit; done";
      assertThat(lab.ok(lab.host(), "unshare", "-m", "sh", "-c", script).lines())
          .containsExactlyInAnyOrder(lab.vipAndPrefix() + " 0 ", "10.0.0.60/24 0 ");
      succeeds(lab.ipaction("check", lab.vipAndPrefix(), "eth0"));
      succeeds(lab.ipaction("check", "10.0.0.60/24", "eth0"));
      succeeds(lab.ipaction("remove", "10.0.0.60/24", "eth0"));
      assertThat(lab.ok(lab.host(), "ip", "rule")).isEqualTo(rules);
    }
  }

  @Test
  void which_arping_there_is_is_asked_once_and_again_when_it_is_another() throws Exception {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      succeeds(lab.ipaction("restore", lab.vipAndPrefix(), "eth0"));
      Path known = lab.folder().resolve("run/arping");
      String first = Files.readString(known);
      assertThat(first).matches("(iputils|habets) \\d+ /usr/s?bin/arping\n");
      Files.writeString(known, first.replaceFirst(" \\d+", " 1"));
      succeeds(lab.ipaction("move", lab.vipAndPrefix(), "eth0", "eth1"));
      assertThat(known).hasContent(first);
    }
  }

  private static List<String> addresses(NetLab lab, int many) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      all.add(lab.vip().replaceAll("50$", Integer.toString(60 + i)) + lab.length());
    }
    return all;
  }

  private static CommandResult batch(NetLab lab, String operation, List<String> all, String where) {
    List<String> words = new ArrayList<>(List.of("batch"));
    all.forEach(one -> words.add(operation + " " + one + " " + where));
    CommandResult result = lab.ipaction(words.toArray(String[]::new));
    succeeds(result);
    return result;
  }

  private static List<String> done(List<String> all, String words) {
    return all.stream().map(one -> one + " 0 " + words).toList();
  }

  private static String host(String addressAndPrefix) {
    return addressAndPrefix.substring(0, addressAndPrefix.indexOf('/'));
  }

  private static Set<String> tables(NetLab lab) {
    Set<String> tables = new TreeSet<>();
    for (String rule : lab.ok(lab.host(), "ip", "rule").split("\n")) {
      if (rule.endsWith("proto 108") && !rule.contains("main")) {
        tables.add(rule.substring(rule.indexOf("lookup ") + 7).split(" ")[0]);
      }
    }
    return tables;
  }

  private static List<String> preferences(NetLab lab) {
    return lab.ok(lab.host(), "ip", "rule")
        .lines()
        .filter(rule -> rule.endsWith("proto 108"))
        .map(rule -> rule.split(":")[0])
        .toList();
  }

  private static void succeeds(CommandResult result) {
    assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isZero();
  }
}
