package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/** No backup, or one that could not take the address now. */
final class BackupNotReady implements Check {

  @Override
  public List<Finding> look(Facts host, List<Patient> patients) {
    List<Finding> findings = new ArrayList<>();
    for (Patient patient : patients) {
      if (patient.backup().isEmpty()) {
        findings.add(
            Finding.hurt(
                patient.tag(),
                patient.address().host() + " has no backup interface",
                "lkipbu -a -t " + patient.tag() + " -f interface"));
      } else if (!host.hasLink(patient.backup().get())) {
        findings.add(
            Finding.hurt(
                patient.tag(),
                "the backup " + patient.backup().get() + " is gone, is set down, or has no link",
                "ip link set " + patient.backup().get() + " up, and check its cable"));
      }
    }
    return findings;
  }
}
