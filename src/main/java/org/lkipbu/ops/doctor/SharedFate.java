package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/** Primary and backup that fail together: on one cable, in one bridge or bond, on one chip. */
final class SharedFate implements Check {

  @Override
  public List<Finding> look(Facts host, List<Patient> patients) {
    List<Finding> findings = new ArrayList<>();
    for (Patient patient : patients) {
      if (patient.backup().isPresent()) {
        look(patient, patient.backup().get(), host, findings);
      }
    }
    return findings;
  }

  private static void look(Patient patient, String backup, Facts host, List<Finding> findings) {
    String one = host.output("ip", "-o", "-d", "link", "show", "dev", patient.primary());
    String other = host.output("ip", "-o", "-d", "link", "show", "dev", backup);
    String both = patient.primary() + " and " + backup;
    String master = Words.after(one, "master");
    String chip = Words.after(one, "switchid");
    if (lower(one, patient.primary()).equals(lower(other, backup))) {
      findings.add(
          Finding.hurt(
              patient.tag(),
              both + " share the cable of " + lower(one, patient.primary()),
              "name a backup on another network card"));
    } else if (!master.isEmpty() && master.equals(Words.after(other, "master"))) {
      findings.add(
          Finding.hurt(
              patient.tag(),
              both + " are both ports of " + master,
              "protect the address on " + master + " itself, with a backup outside of it"));
    } else if (!chip.isEmpty() && chip.equals(Words.after(other, "switchid"))) {
      findings.add(
          Finding.note(
              patient.tag(),
              both + " are ports of one switch chip, " + chip,
              "a backup on another card survives the chip"));
    }
  }

  /** What carries an interface: a VLAN's or macvlan's lower one, else the interface itself. */
  private static String lower(String line, String name) {
    int at = line.indexOf(name + "@");
    // A veth names its peer there, by an index when that is in another namespace.
    if (at < 0 || line.contains("veth")) {
      return name;
    }
    int end = line.indexOf(':', at);
    return end < 0 ? name : line.substring(at + name.length() + 1, end);
  }
}
