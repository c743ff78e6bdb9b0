package org.lkipbu.lab;

import org.lkipbu.lab.Situation.Family;
import org.lkipbu.lab.Situation.OwnAddresses;

/**
 * How a {@link NetLab} is set up.
 *
 * @param family of every address in it
 * @param own the host's own addresses in the subnet
 * @param hardened whether the host filters by reverse path and answers ARP strictly
 * @param broadcastAnswered whether the other systems answer broadcast pings, which most networks do
 *     not
 */
public record LabPlan(
    Family family, OwnAddresses own, boolean hardened, boolean broadcastAnswered) {

  /** The friendliest network: own addresses on both interfaces, nothing hardened. */
  public static LabPlan of(Family family) {
    return new LabPlan(family, OwnAddresses.BOTH, false, false);
  }

  /** What a situation asks for. */
  public static LabPlan of(Situation situation) {
    return new LabPlan(situation.family(), situation.own(), situation.hardened(), false);
  }

  /** The same with other own addresses. */
  public LabPlan withOwn(OwnAddresses other) {
    return new LabPlan(family, other, hardened, broadcastAnswered);
  }

  /** The same with a hardened host. */
  public LabPlan withHardening() {
    return new LabPlan(family, own, true, broadcastAnswered);
  }

  /** The same with systems that answer broadcast pings. */
  public LabPlan withBroadcastAnswered() {
    return new LabPlan(family, own, hardened, true);
  }

  boolean ipv6() {
    return family == Family.IPV6;
  }

  String vip() {
    return ipv6() ? "fd00:10::50" : "10.0.0.50";
  }

  String client() {
    return ipv6() ? "fd00:10::2" : "10.0.0.2";
  }

  String router() {
    return ipv6() ? "fd00:10::fe" : "10.0.0.254";
  }

  String hostEth0() {
    return ipv6() ? "fd00:10::10" : "10.0.0.10";
  }

  String hostEth1() {
    return ipv6() ? "fd00:10::11" : "10.0.0.11";
  }

  String far() {
    return ipv6() ? "fd00:99::2" : "192.168.99.2";
  }

  String farRouter() {
    return ipv6() ? "fd00:99::1" : "192.168.99.1";
  }

  int prefix() {
    return ipv6() ? 64 : 24;
  }
}
