package org.lkipbu.ops.doctor;

import java.util.List;

/** The program of the Debian package arping, which has the name of iputils' and other options. */
final class OtherArping implements Check {

  @Override
  public List<Finding> look(Facts host, List<Patient> patients) {
    if (!host.hasProgram("arping") || host.output("arping", "-V").contains("iputils")) {
      return List.of();
    }
    return List.of(
        Finding.note(
            "host",
            "arping is not that of iputils; it is used as far as it goes",
            "apt-get install iputils-arping"));
  }
}
