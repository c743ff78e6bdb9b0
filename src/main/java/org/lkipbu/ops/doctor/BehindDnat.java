package org.lkipbu.ops.doctor;

import java.util.List;

/**
 * Services behind destination NAT, whose replies have another source and follow no rule of ours.
 */
final class BehindDnat implements Check {

  @Override
  public List<Finding> look(Facts host, List<Patient> patients) {
    boolean dnat = false;
    boolean marked = false;
    for (String rule : Firewall.rules(host)) {
      dnat |= rule.contains("dnat to ") || rule.contains("dnat ip") || rule.contains("-j DNAT");
      dnat |= rule.contains("xt target \"DNAT\"");
      marked |= rule.contains("ct mark set ") || rule.contains("CONNMARK");
    }
    if (!dnat || marked) {
      return List.of();
    }
    return List.of(
        Finding.hurt(
            "host",
            "a service behind destination NAT (a container's published port, say) replies from its"
                + " inner address, which does not move",
            "see CAVEATS in ipaction(8) for the marks and rules that it needs"));
  }
}
