package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/** A packet filter of this host that drops pings, by which moves are verified. */
final class DroppedIcmp implements Check {

  private static final String CURE =
      "accept ICMP echo requests and replies of the protected addresses, or set NOBCASTPING=1";

  @Override
  public List<Finding> look(Facts host, List<Patient> patients) {
    List<Finding> findings = new ArrayList<>();
    String strictHook = "";
    boolean icmpAccepted = false;
    boolean repliesAccepted = false;
    for (String rule : Firewall.rules(host)) {
      boolean icmp = rule.contains("icmp");
      if (icmp && ends(rule, "drop", "reject", "-j DROP", "-j REJECT")) {
        findings.add(Finding.hurt("host", "the packet filter drops ICMP: " + rule, CURE));
      }
      icmpAccepted |= icmp && ends(rule, "accept", "-j ACCEPT");
      repliesAccepted |= rule.contains("established") && ends(rule, "accept", "-j ACCEPT");
      if (rule.contains("policy drop") && (rule.contains("input") || rule.contains("output"))) {
        strictHook = rule.contains("output") ? "output" : "input";
      }
    }
    boolean input = strictHook.equals("input") && !repliesAccepted;
    if (!strictHook.isEmpty() && !icmpAccepted && (input || strictHook.equals("output"))) {
      findings.add(
          Finding.hurt(
              "host", "the packet filter drops " + strictHook + " that no rule accepts", CURE));
    }
    return findings;
  }

  private static boolean ends(String rule, String... verdicts) {
    for (String verdict : verdicts) {
      if (rule.endsWith(verdict) || rule.contains(" " + verdict + " ")) {
        return true;
      }
    }
    return false;
  }
}
