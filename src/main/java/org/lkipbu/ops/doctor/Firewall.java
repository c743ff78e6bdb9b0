package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;

/** The host's packet filter as text: that of nft, which shows what iptables-nft made too. */
final class Firewall {

  private Firewall() {}

  /** Every rule and chain, a line each; those of the old iptables too where it is there. */
  static List<String> rules(Facts host) {
    List<String> rules = new ArrayList<>(Words.lines(host.output("nft", "list", "ruleset")));
    if (host.hasProgram("iptables-legacy-save")) {
      rules.addAll(Words.lines(host.output("iptables-legacy-save")));
    }
    return rules;
  }
}
