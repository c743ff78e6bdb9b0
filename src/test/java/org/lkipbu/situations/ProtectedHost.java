package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

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
      host.succeeds(
          host.lab.lcd(
              "ins_create",
              "-a",
              "comm",
              "-r",
              "ip",
              "-t",
              TAG,
              "-i",
              "ip-" + host.lab.vip(),
              "-v",
              host.info("eth0", "eth1")));
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

  @Override
  public void close() {
    lab.close();
  }
}
