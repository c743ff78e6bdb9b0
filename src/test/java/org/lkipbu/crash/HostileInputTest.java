package org.lkipbu.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lkipbu.host.Caller;

/**
 * Values that somebody made to do harm, or that a broken disk did, in every place that takes a
 * value. What each must end with is said here and not asked of the program.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostileInputTest {

  private static final Set<String> CHANGES = Set.of("-a", "-r", "-m", "--repair");

  /** A command line and its exit code. */
  record Case(int code, List<String> argv) {
    static Case of(int code, String... argv) {
      return new Case(code, List.of(argv));
    }

    /** Without root a change is refused once the command line is found to be right. */
    int expected() {
      boolean change = !argv.get(0).startsWith("ins_") && argv.stream().anyMatch(CHANGES::contains);
      return change && code != 2 && code != 5 && !Caller.isRoot() ? 1 : code;
    }

    @Override
    public String toString() {
      String text = code + " " + String.join(" ", argv);
      return text.substring(0, Math.min(60, text.length()));
    }
  }

  @TempDir static Path folder;
  private static InProcess commands;

  /** One store for all, because none of them changes it. */
  @BeforeAll
  static void a_store_with_two_instances() {
    commands = new InProcess(folder);
  }

  static List<String> hostileValues() {
    return HostileValues.all("canary");
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String value : hostileValues()) {
      // The rules of the documentation, in the words of this test.
      boolean tag = value.matches("[A-Za-z0-9_./:@+-]{1,200}");
      boolean name = isInterfaceName(value);
      cases.add(Case.of(tag ? 7 : 5, "-s", "-t", value));
      cases.add(Case.of(tag ? 7 : 5, "-m", "-t", value));
      cases.add(Case.of(tag ? 7 : 5, "--check", "-t", value));
      cases.add(Case.of(tag ? 7 : 5, "--repair", "-t", value));
      cases.add(Case.of(5, "-a", "-t", "plain", "-f", value));
      cases.add(Case.of(name ? 7 : 5, "-r", "-t", "named", "-f", value));
      cases.add(Case.of(tag ? 7 : 5, "ins_list", "-t", value));
      cases.add(Case.of(tag ? 7 : 5, "ins_remove", "-t", value));
      cases.add(Case.of(tag ? 7 : 5, "perform_action", "-a", "quickCheck", "-t", value));
      cases.add(Case.of(5, "perform_action", "-t", "plain", "-a", value));
      cases.add(Case.of(5, "ins_setinfo", "-t", "plain", "-v", value));
      cases.add(Case.of(5, "ins_setinfo", "-t", "plain", "-v", info(1, value)));
      cases.add(Case.of(5, "ins_setinfo", "-t", "plain", "-v", info(2, value)));
      cases.add(Case.of(5, "ins_setinfo", "-t", "plain", "-v", info(3, value)));
      cases.add(Case.of(5, "ins_setstate", "-t", "plain", "-S", value));
      cases.add(Case.of(5, "ins_create", "-acomm", "-rip", "-t", "new", "-i", "x", "-v", value));
      if (!value.matches("[ -~]{1,512}")) {
        cases.add(
            Case.of(5, "ins_create", "-acomm", "-rip", "-tn", "-v", info(0, "A"), "-i", value));
      }
    }
    cases.addAll(wrongCommandLines());
    // An interface that carries a valid name is no syntax error of the Information field.
    return cases.stream().filter(one -> !validInfo(one.argv));
  }

  private static List<Case> wrongCommandLines() {
    List<Case> cases = new ArrayList<>();
    for (String line :
        List.of(
            "-",
            "---",
            "-s -m -t plain",
            "-s -t plain -t plain",
            "-s -t plain -f lo",
            "-m -t plain -f lo",
            "-a -t plain",
            "-r -t plain",
            "-s",
            "-t plain",
            "-s -t",
            "-st",
            "-s -t plain --",
            "-s -t plain stray",
            "-s -- -t plain",
            "-s --tag",
            "-x",
            "-s -x -t plain",
            "--no-such",
            "--status=yes -t plain",
            "-s -t plain @/etc/passwd",
            "@/etc/passwd",
            "$(touch_canary)",
            "ins_list stray",
            "ins_list -x",
            "ins_list -t",
            "ins_list -f",
            "ins_list -fab",
            "ins_list @/etc/passwd",
            "ins_setinfo -t",
            "ins_remove",
            "ins_setstate -S ISP",
            "perform_action -t plain",
            "no_such_verb")) {
      if (!line.equals("-s -t plain --")) {
        cases.add(Case.of(2, line.split(" ")));
      }
    }
    return cases;
  }

  private static String info(int field, String value) {
    String[] fields = {"A", "eth0", "10.0.0.5", "fffffc00", "none"};
    fields[field] = value;
    return String.join(" ", fields);
  }

  /** The kernel's rule (dev_valid_name), and no name that a program could take for an option. */
  private static boolean isInterfaceName(String value) {
    return value.matches("(?!-|\\.\\.?$)[!-.0-9;-~]{1,15}");
  }

  private static boolean validInfo(List<String> argv) {
    String[] fields = argv.get(argv.size() - 1).split(" ", -1);
    return argv.get(0).equals("ins_setinfo")
        && fields.length == 5
        && isInterfaceName(fields[1])
        && fields[2].equals("10.0.0.5")
        && fields[3].equals("fffffc00");
  }

  @Test
  void there_are_many_of_them() {
    assertThat(cases().count()).isGreaterThan(600);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void each_has_its_exit_code_and_one_line_and_changes_nothing(Case one) throws IOException {
    commands.assertRefused(one.expected(), one.argv.toArray(String[]::new));
  }

  static Stream<String> settings() {
    return Stream.of(
        "LKIPBU_LOCK_WAIT",
        "LKIPBU_IPACTION_TIMEOUT",
        "IP_PINGTRIES",
        "IP_PINGTIME",
        "NOBCASTPING",
        "LKIPBU_STORE",
        "LKIPBU_STATE_DIR",
        "LKIPBU_RUN_DIR",
        "LKIPBU_CONFIG_DIR",
        "LKIPBU_IPACTION",
        "LKIPBU_STRICT_BCASTPING",
        "NOIPUNIQUE");
  }

  @ParameterizedTest
  @MethodSource("settings")
  void a_setting_is_refused_before_anything_changes(String setting) throws IOException {
    if (!Caller.isRoot()) {
      return;
    }
    for (String value : hostileValues()) {
      boolean absent = value.isEmpty();
      boolean folder = setting.endsWith("_DIR") && value.matches("/[ -~]*");
      boolean number = value.matches("0*1");
      if (!absent && !folder && !number && value.indexOf('\0') < 0) {
        commands.environment.put(setting, value);
        commands.assertRefused(5, "-m", "-t", "named");
        commands.environment.remove(setting);
        commands.useFolders();
      }
    }
  }
}
