package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/** Strict reverse path filtering: the kernel takes the larger of all's and the interface's. */
final class ReversePath implements Check {

  @Override
  public List<Finding> look(Facts host, List<Patient> patients) {
    List<Finding> findings = new ArrayList<>();
    for (String name : Words.interfaces(patients)) {
      int all = Sysctl.number(host, "net/ipv4/conf/all/rp_filter");
      if (Math.max(all, Sysctl.number(host, "net/ipv4/conf/" + name + "/rp_filter")) == 1) {
        findings.add(
            Finding.note(
                name,
                "rp_filter is 1, which drops requests to an address without routes of its own",
                "leave it: lkipbu gives an address its routes"));
      }
    }
    return findings;
  }
}
