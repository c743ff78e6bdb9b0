package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/** Nobody answers broadcast pings and there is no ping list, so verification rests on less. */
final class NobodyToAsk implements Check {

  private final boolean strict;
  private final boolean unasked;

  /**
   * @param strict whether a broadcast reply alone counts (LKIPBU_STRICT_BCASTPING)
   * @param unasked whether broadcast pings are turned off (NOBCASTPING)
   */
  NobodyToAsk(boolean strict, boolean unasked) {
    this.strict = strict;
    this.unasked = unasked;
  }

  @Override
  public List<Finding> look(Facts host, List<Patient> patients) {
    List<Finding> findings = new ArrayList<>();
    for (Patient patient : patients) {
      if (!patient.inService() || patient.listed() && !strict) {
        continue;
      }
      String cure = "name systems that answer pings, one a line, in " + patient.pingList();
      if (unasked) {
        findings.add(
            Finding.note(
                patient.tag(),
                "NOBCASTPING=1 and no ping list, so no move is verified by a reply",
                cure));
      } else if (!responds(host, patient)) {
        boolean others = !strict && hasNeighbours(host, patient);
        String silent = "nobody on " + patient.primary() + " answers broadcast pings";
        findings.add(
            others
                ? Finding.note(
                    patient.tag(), silent + "; the neighbours that are known are asked", cure)
                : Finding.hurt(
                    patient.tag(),
                    silent + (strict ? ", and nothing else counts" : ", and no neighbour is known"),
                    strict ? "unset LKIPBU_STRICT_BCASTPING" : cure));
      }
    }
    return findings;
  }

  /** Asks as verification does, from the address and out of its interface. */
  private static boolean responds(Facts host, Patient patient) {
    boolean ipv6 = patient.address().isIpv6();
    String broadcast = ipv6 ? "ff02::1" : Words.after(address(host, patient), "brd");
    if (broadcast.isEmpty()) {
      return false;
    }
    String own = host.output("ip", "-o", "addr", "show");
    List<String> argv = new ArrayList<>(List.of("ping", "-n", "-c", "2", "-i", "0.2", "-w", "1"));
    argv.addAll(ipv6 ? List.of("-6") : List.of("-b", "-I", patient.address().host()));
    argv.addAll(List.of("-I", patient.primary(), broadcast));
    for (String line : Words.lines(host.output(argv.toArray(new String[0])))) {
      String from = Words.after(line, "from");
      from = from.endsWith(":") ? from.substring(0, from.length() - 1) : from;
      int zone = from.indexOf('%');
      from = zone < 0 ? from : from.substring(0, zone);
      if (line.contains(" bytes from ") && !own.contains(" " + from + "/")) {
        return true;
      }
    }
    return false;
  }

  private static String address(Facts host, Patient patient) {
    for (String line :
        Words.lines(host.output("ip", "-o", "-4", "addr", "show", "dev", patient.primary()))) {
      if (line.contains(" " + patient.address().host() + "/")) {
        return line;
      }
    }
    return "";
  }

  private static boolean hasNeighbours(Facts host, Patient patient) {
    String family = patient.address().isIpv6() ? "-6" : "-4";
    for (String line :
        Words.lines(host.output("ip", family, "neigh", "show", "dev", patient.primary()))) {
      if (line.contains(" lladdr ") && !line.endsWith("FAILED")) {
        return true;
      }
    }
    return false;
  }
}
