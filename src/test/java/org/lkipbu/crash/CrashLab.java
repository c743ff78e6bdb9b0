package org.lkipbu.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;

/** The host of a lab whose address has a backup, and what must be true of it after any crash. */
final class CrashLab implements AutoCloseable {

  static final String TAG = "ip1";

  final NetLab lab;
  private final boolean ipv6;
  private final String rulesAtFirst;
  private final String sysctlsAtFirst;

  /** The routes of an undisturbed address on each interface. */
  private final Map<String, String> routes = new HashMap<>();

  CrashLab(Family family) {
    lab = new NetLab(LabPlan.of(family));
    ipv6 = family == Family.IPV6;
    try {
      lab.environment().put("NOIPUNIQUE", "1");
      create(TAG, lab.vip());
      ok(lab.lcd("perform_action", "-t", TAG, "-a", "restore"));
      sysctlsAtFirst = sysctls();
      rulesAtFirst = rules();
      ok(lab.lkipbu("-m", "-t", TAG));
      routes.put("eth1", routes());
      ok(lab.lkipbu("-m", "-t", TAG));
      routes.put("eth0", routes());
    } catch (RuntimeException | Error e) {
      lab.close();
      throw e;
    }
  }

  /** Makes an instance of another address, out of service. */
  void create(String tag, String address) {
    String mask = ipv6 ? "64" : "ffffff00";
    String info = "node1 eth0 " + address + " " + mask + " eth1";
    ok(lab.lcd("ins_create", "-acomm", "-rip", "-t", tag, "-i", tag, "-v", info));
  }

  /**
   * The address is on exactly the interface that INFO names, answers, and nothing else is left.
   *
   * @return that interface
   */
  String assertSettled(String when) throws IOException {
    String status = ok(lab.lkipbu("-s", "-t", TAG));
    String primary = status.contains("Primary interface: eth0 (up)") ? "eth0" : "eth1";
    assertThat(status).as(when).contains("Primary interface: " + primary + " (up)");
    assertThat(holders(lab.vip())).as("holders " + when).containsExactly(primary);
    assertThat(journal()).as("journal " + when).isEmpty();
    assertThat(lab.folder().resolve("run/lent")).as("lent " + when).doesNotExist();
    assertThat(rules()).as("rules " + when).isEqualTo(rulesAtFirst);
    assertThat(routes()).as("routes " + when).isEqualTo(routes.get(primary));
    assertThat(sysctls()).as("sysctls " + when).isEqualTo(sysctlsAtFirst);
    assertThat(lab.answers(lab.client(), lab.vip())).as("answered " + when).isTrue();
    return primary;
  }

  /** The interfaces that have an address. */
  List<String> holders(String address) {
    List<String> holders = new ArrayList<>();
    for (String line : lab.ok(lab.host(), "ip", "-o", "addr", "show").split("\n")) {
      if (line.contains(" " + address + "/")) {
        holders.add(line.split(" +")[1]);
      }
    }
    return holders;
  }

  /** The entries of the journal; a file that was not finished is none. */
  List<Path> journal() throws IOException {
    Path folder = lab.folder().resolve("state/journal");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }

  private String rules() {
    return lab.ok(lab.host(), "ip", ipv6 ? "-6" : "-4", "rule", "show");
  }

  private String routes() {
    String all = lab.ok(lab.host(), "ip", ipv6 ? "-6" : "-4", "route", "show", "table", "all");
    return String.join("\n", Arrays.stream(all.split("\n")).map(String::strip).sorted().toList());
  }

  private String sysctls() {
    return lab.ok(
        lab.host(), "sh", "-c", "cd /proc/sys/net/ipv6/conf; grep . */accept_dad */ndisc_notify");
  }

  static String ok(CommandResult result) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result.out();
  }

  @Override
  public void close() {
    lab.close();
  }
}
