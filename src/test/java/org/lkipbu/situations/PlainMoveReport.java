package org.lkipbu.situations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Pinger;
import org.lkipbu.lab.Situation;
import org.lkipbu.lab.Situation.Family;
import org.lkipbu.lab.Situation.OwnAddresses;

/**
 * The yardstick: the same situations with a mover that does what most scripts do, delete the
 * address, add it to the other interface and announce it. It says in how many a client is answered;
 * it fails nothing, so only {@code mvn surefire:test -Dtest=PlainMoveReport -Dexcluded.groups=none}
 * runs it.
 */
@Tag("report")
class PlainMoveReport {

  @Test
  void counts_the_situations_that_a_plain_move_survives() throws Exception {
    List<Situation> answered = new ArrayList<>();
    for (Situation situation : Situation.all()) {
      if (answers(situation)) {
        answered.add(situation);
      }
    }
    System.out.println(
        "A plain move leaves the client with an answer in " + answered.size() + " of 72:");
    answered.forEach(one -> System.out.println("  " + one));
  }

  private static boolean answers(Situation situation) throws Exception {
    try (NetLab lab = new NetLab(LabPlan.of(situation))) {
      add(lab, situation, "eth0");
      if (situation.own() == OwnAddresses.NEITHER) {
        lab.addDefaultRoute();
      }
      String client = lab.client(situation.client());
      if (!lab.answers(client, lab.vip())) {
        throw new AssertionError("no answer before the fault: " + situation);
      }
      try (Pinger pinger = lab.pinger(client, lab.vip(), Duration.ofMillis(50))) {
        lab.apply(situation.fault(), "eth0");
        lab.run(lab.host(), "ip", "addr", "del", lab.vipAndPrefix(), "dev", "eth0");
        add(lab, situation, "eth1");
        return pinger.awaitReplies(20, Duration.ofSeconds(4));
      }
    }
  }

  private static void add(NetLab lab, Situation situation, String on) {
    if (situation.family() == Family.IPV6) {
      lab.ok(lab.host(), "ip", "addr", "add", lab.vipAndPrefix(), "dev", on, "nodad");
      lab.ok(lab.host(), "ndptool", "-t", "na", "-U", "-i", on, "-T", lab.vip(), "send");
    } else {
      lab.ok(lab.host(), "ip", "addr", "add", lab.vipAndPrefix(), "dev", on);
      lab.ok(lab.host(), "arping", "-q", "-U", "-c", "1", "-w", "1", "-I", on, lab.vip());
    }
  }
}
