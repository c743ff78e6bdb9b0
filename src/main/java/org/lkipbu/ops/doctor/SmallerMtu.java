package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/** A backup that drops packets which the primary takes; small pings do not show it. */
final class SmallerMtu implements Check {

  @Override
  public List<Finding> look(Facts host, List<Patient> patients) {
    List<Finding> findings = new ArrayList<>();
    for (Patient patient : patients) {
      String backup = patient.backup().orElse(patient.primary());
      int wanted = host.mtu(patient.primary());
      int has = host.mtu(backup);
      if (has > 0 && has < wanted) {
        findings.add(
            Finding.hurt(
                patient.tag(),
                "the MTU of "
                    + backup
                    + " is "
                    + has
                    + ", that of "
                    + patient.primary()
                    + " "
                    + wanted,
                "ip link set " + backup + " mtu " + wanted));
      }
    }
    return findings;
  }
}
