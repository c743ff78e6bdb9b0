package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/** Interfaces that NetworkManager manages: it may take addresses away that it has not set. */
final class NetworkManagerDevices implements Check {

  @Override
  public List<Finding> look(Facts host, List<Patient> patients) {
    List<Finding> findings = new ArrayList<>();
    if (!host.hasProgram("nmcli")) {
      return findings;
    }
    List<String> devices =
        Words.lines(host.output("nmcli", "-t", "-f", "DEVICE,STATE", "device", "status"));
    for (String name : Words.interfaces(patients)) {
      for (String line : devices) {
        if (line.startsWith(name + ":") && !line.endsWith(":unmanaged")) {
          findings.add(
              Finding.hurt(
                  name,
                  "NetworkManager manages it and may take the address away",
                  "write [keyfile] and unmanaged-devices+=interface-name:"
                      + name
                      + " into /etc/NetworkManager/conf.d/lkipbu.conf, then nmcli general reload"));
        }
      }
    }
    return findings;
  }
}
