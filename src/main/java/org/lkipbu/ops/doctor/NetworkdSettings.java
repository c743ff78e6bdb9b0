package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * A systemd-networkd that removes rules and routes that are not its own when it configures a link
 * (networkd.conf(5): ManageForeignRoutingPolicyRules, ManageForeignRoutes).
 */
final class NetworkdSettings implements Check {

  private static final List<String> SETTINGS =
      List.of("ManageForeignRoutingPolicyRules", "ManageForeignRoutes");

  /** Where a later one stands above an earlier one. */
  private static final List<String> FOLDERS =
      List.of("/usr/lib/systemd", "/usr/local/lib/systemd", "/run/systemd", "/etc/systemd");

  @Override
  public List<Finding> look(Facts host, List<Patient> patients) {
    String active = host.output("systemctl", "is-active", "systemd-networkd.service").strip();
    if (!active.equals("active")) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (String setting : SETTINGS) {
      String value = value(host, setting);
      if (!value.equals("no") && !value.equals("false") && !value.equals("0")) {
        findings.add(
            Finding.hurt(
                "host",
                "systemd-networkd removes what is not its own ("
                    + setting
                    + " is "
                    + (value.isEmpty() ? "not set" : value)
                    + ")",
                "write [Network] and "
                    + setting
                    + "=no into /etc/systemd/networkd.conf.d/lkipbu.conf,"
                    + " then systemctl restart systemd-networkd"));
      }
    }
    return findings;
  }

  private static String value(Facts host, String setting) {
    String value = "";
    for (String folder : FOLDERS) {
      value = last(host.read(folder + "/networkd.conf"), setting, value);
    }
    for (String folder : FOLDERS) {
      for (String name : host.names(folder + "/networkd.conf.d")) {
        if (name.endsWith(".conf")) {
          value = last(host.read(folder + "/networkd.conf.d/" + name), setting, value);
        }
      }
    }
    return value;
  }

  private static String last(String text, String setting, String before) {
    String value = before;
    for (String line : Words.lines(text)) {
      int equals = line.indexOf('=');
      if (equals > 0 && line.substring(0, equals).strip().equals(setting)) {
        value = line.substring(equals + 1).strip();
      }
    }
    return value;
  }
}
