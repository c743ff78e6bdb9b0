package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;
import org.lkipbu.lab.Situation.OwnAddresses;

/** The host of a lab with its address protected on eth0 and eth1 named as the backup. */
final class ProtectedHost implements AutoCloseable {

  static final String TAG = "vip";

  final NetLab lab;
  private final String mask;

  private ProtectedHost(LabPlan plan) {
    lab = new NetLab(plan);
    mask = plan.family() == Family.IPV6 ? "64" : "ffffff00";
  }

  /** Builds the network and puts the address in service on eth0 as an administrator would. */
  static ProtectedHost inService(LabPlan plan) {
    return inService(plan, host -> host);
  }

  /** The same with something done to the host before the address is put in service. */
  static ProtectedHost inService(LabPlan plan, Function<ProtectedHost, ProtectedHost> before) {
    ProtectedHost host = new ProtectedHost(plan);
    try {
      before.apply(host);
      // Nobody else has the address, so no test waits a second to find that out.
      host.lab.environment().put("NOIPUNIQUE", "1");
      host.create("INIT_OSU");
      host.succeeds(host.lab.lcd("perform_action", "-t", TAG, "-a", "restore"));
      if (plan.own() == OwnAddresses.NEITHER) {
        host.lab.addDefaultRoute();
        host.refresh("eth0");
      }
      return host;
    } catch (RuntimeException | Error e) {
      host.close();
      throw e;
    }
  }

  /** The address put on eth0 by something that knows nothing of lkipbu. */
  static ProtectedHost restoredBySomethingElse(LabPlan plan) {
    ProtectedHost host = new ProtectedHost(plan);
    try {
      host.lab.environment().put("NOIPUNIQUE", "1");
      host.plainly("add", "eth0");
      host.create("INIT_ISP");
      return host;
    } catch (RuntimeException | Error e) {
      host.close();
      throw e;
    }
  }

  /** Adds or deletes the address as anybody would. */
  void plainly(String addOrDel, String on) {
    if (addOrDel.equals("add") && lab.vip().contains(":")) {
      lab.ok(lab.host(), "ip", "addr", "add", lab.vipAndPrefix(), "dev", on, "nodad");
    } else {
      lab.ok(lab.host(), "ip", "addr", addOrDel, lab.vipAndPrefix(), "dev", on);
    }
  }

  private void create(String initial) {
    String[] what = ("-a comm -r ip -I " + initial + " -t " + TAG + " -i id -v").split(" ");
    String[] all = java.util.Arrays.copyOf(what, what.length + 1);
    all[what.length] = info("eth0", "eth1");
    succeeds(lab.lcd("ins_create", all));
  }

  /** The rules of the address, of the preference and table that each has. */
  String rules() {
    String family = lab.vip().contains(":") ? "-6" : "-4";
    return lab.ok(lab.host(), "ip", family, "rule", "show", "from", lab.vip());
  }

  /** The INFO with the interfaces in this order. */
  String info(String primary, String backup) {
    return "host " + primary + " " + lab.vip() + " " + mask + " " + backup;
  }

  /** Has the routes of the address recorded anew, as a health check does. */
  void refresh(String on) {
    succeeds(lab.ipaction("refresh", lab.vipAndPrefix(), on));
  }

  /** The INFO as {@code ins_list} shows it. */
  String storedInfo() {
    return succeeds(lab.lcd("ins_list", "-f,", "-t", TAG)).split(",")[5];
  }

  /** The interfaces on which the address is configured, separated by spaces. */
  String interfacesOfAddress() {
    StringBuilder interfaces = new StringBuilder();
    for (String line : lab.ok(lab.host(), "ip", "-o", "addr", "show").split("\n")) {
      if (line.contains(" " + lab.vip() + "/")) {
        interfaces.append(interfaces.isEmpty() ? "" : " ").append(line.split("\\s+")[1]);
      }
    }
    return interfaces.toString();
  }

  /** The stdout of a command that must end with 0. */
  String succeeds(CommandResult result) {
    assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isZero();
    return result.out();
  }

  /** Runs ip for the family of the address on the host; its stdout. */
  String ip(String... arguments) {
    List<String> argv = new ArrayList<>(List.of("ip", lab.vip().contains(":") ? "-6" : "-4"));
    argv.addAll(List.of(arguments));
    return lab.ok(lab.host(), argv.toArray(String[]::new));
  }

  /** Moves the address to its backup; the move must succeed. */
  void moves() {
    succeeds(lab.lkipbu("-m", "-t", TAG));
  }

  /** Has every machine talk to the address once, so that the host knows its neighbours. */
  void meets() {
    for (String machine : List.of(lab.client(), lab.router(), lab.far())) {
      assertThat(lab.answers(machine, lab.vip())).as(machine).isTrue();
    }
  }

  /** Waits until the kernel's duplicate address detection has ended on every interface. */
  void settles() {
    for (int i = 0; i < 50; i++) {
      if (!lab.ok(lab.host(), "ip", "-6", "addr", "show").contains(" tentative")) {
        return;
      }
      lab.ok(lab.host(), "sleep", "0.1");
    }
    throw new AssertionError("an address stays tentative");
  }

  /** The interface that INFO names as the backup. */
  String backup() {
    return storedInfo().split(" ")[4];
  }

  /** The network of the far client. */
  String farNetwork() {
    return lab.vip().contains(":") ? "fd00:99::/64" : "192.168.99.0/24";
  }

  /** Gives the router another address on the link instead of its own; the new one. */
  String moveGateway() {
    boolean ipv6 = lab.vip().contains(":");
    String other = ipv6 ? "fd00:10::fd" : "10.0.0.253";
    String length = ipv6 ? "/64" : "/24";
    lab.ok(lab.router(), "ip", "addr", "del", lab.routerAddress() + length, "dev", "eth0");
    lab.ok(lab.router(), "ip", "addr", "add", other + length, "dev", "eth0");
    return other;
  }

  /** Configures the address and then three others of its subnet on eth0. */
  ProtectedHost configuresFirst(String promoteSecondaries) {
    boolean ipv6 = lab.vip().contains(":");
    lab.sysctl(lab.host(), "net.ipv4.conf.eth0.promote_secondaries", promoteSecondaries);
    ip("addr", "add", lab.vipAndPrefix(), "dev", "eth0");
    for (int i = 71; i <= 73; i++) {
      ip("addr", "add", ipv6 ? "fd00:10::" + i + "/64" : "10.0.0." + i + "/24", "dev", "eth0");
    }
    return this;
  }

  String promoteSecondaries() {
    String sysctl = "net.ipv4.conf.eth0.promote_secondaries";
    return lab.ok(lab.host(), "sysctl", "-n", sysctl).strip();
  }

  /** Loads rules of the packet filter on the host. */
  void nft(String... lines) {
    lab.ok(lab.host(), "nft", String.join("\n", lines));
  }

  /** The routing table of the address's own. */
  String addressTable() {
    for (String rule : ip("rule", "show").split("\n")) {
      if (rule.contains("from " + lab.vip() + " lookup") && !rule.contains("suppress")) {
        return rule.substring(rule.indexOf("lookup ") + 7).split(" ")[0];
      }
    }
    throw new AssertionError("no rule of " + lab.vip());
  }

  /** Starts one side of a TCP connection in a namespace. */
  Process tcp(String namespace, String... arguments) throws IOException {
    List<String> argv = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    argv.addAll(List.of(java, "-Xshare:auto", "-cp", "target/test-classes"));
    argv.add(TcpPeer.class.getName());
    argv.addAll(List.of(arguments));
    return new ProcessBuilder(argv).redirectErrorStream(true).start();
  }

  @Override
  public void close() {
    lab.close();
  }
}
