package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/** promote_secondaries=0: deleting an interface's first address deletes its neighbours too. */
final class LostSecondaries implements Check {

  @Override
  public List<Finding> look(Facts host, List<Patient> patients) {
    List<Finding> findings = new ArrayList<>();
    for (String name : Words.interfaces(patients)) {
      int all = Sysctl.number(host, "net/ipv4/conf/all/promote_secondaries");
      int own = Sysctl.number(host, "net/ipv4/conf/" + name + "/promote_secondaries");
      if (all == 0 && own == 0) {
        findings.add(
            Finding.note(
                name,
                "promote_secondaries is 0: whoever deletes its first address by hand deletes others"
                    + " with it (lkipbu does not)",
                "sysctl -w net.ipv4.conf." + name + ".promote_secondaries=1"));
      }
    }
    return findings;
  }
}
