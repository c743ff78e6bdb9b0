package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/** An interface in a VRF, where an address cannot have routes of its own. */
final class VrfMember implements Check {

  @Override
  public List<Finding> look(Facts host, List<Patient> patients) {
    List<Finding> findings = new ArrayList<>();
    for (String name : Words.interfaces(patients)) {
      if (host.output("ip", "-o", "-d", "link", "show", "dev", name).contains(" vrf_slave ")) {
        findings.add(
            Finding.hurt(
                name,
                "it belongs to a VRF, where no address is moved",
                "take it out: ip link set " + name + " nomaster"));
      }
    }
    return findings;
  }
}
