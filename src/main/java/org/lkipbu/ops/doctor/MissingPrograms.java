package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/** Programs that are not installed. */
final class MissingPrograms implements Check {

  /** A program, the Debian package that has it, and what is lost without it. */
  private record Needed(String program, String debianPackage, boolean hurts, String lost) {}

  private static final List<Needed> ALWAYS =
      List.of(
          new Needed("ip", "iproute2", true, "no address can be moved"),
          new Needed("awk", "mawk", true, "no address can be moved"),
          new Needed("flock", "util-linux", true, "no address can be moved"),
          new Needed("ping", "iputils-ping", true, "no move can be verified"),
          new Needed("bridge", "iproute2", false, "guests behind a bridge count as neighbours"),
          new Needed("logger", "bsdutils", false, "changes are not logged"));

  private static final Needed ARPING =
      new Needed(
          "arping", "iputils-arping", true, "nothing is announced and no backup is probed first");

  private static final Needed NDPTOOL =
      new Needed("ndptool", "libndp-tools", false, "an IPv6 address is announced but once");

  @Override
  public List<Finding> look(Facts host, List<Patient> patients) {
    List<Needed> needed = new ArrayList<>(ALWAYS);
    boolean ipv6 = patients.stream().anyMatch(one -> one.address().isIpv6());
    boolean ipv4 = patients.isEmpty() || patients.stream().anyMatch(one -> !one.address().isIpv6());
    if (ipv4) {
      needed.add(ARPING);
    }
    if (ipv6) {
      needed.add(NDPTOOL);
    }
    List<Finding> findings = new ArrayList<>();
    for (Needed one : needed) {
      if (!host.hasProgram(one.program())) {
        findings.add(
            new Finding(
                one.hurts(),
                "host",
                one.program() + " is not installed, so " + one.lost(),
                "apt-get install " + one.debianPackage()));
      }
    }
    return findings;
  }
}
