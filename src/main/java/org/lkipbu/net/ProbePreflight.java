package org.lkipbu.net;

import java.util.Map;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;

/**
 * Checks a backup by questions that leave no trace: ARP with sender 0.0.0.0, neighbour discovery
 * from the link-local address. A plain ping or arping out of the backup would tell every client
 * that the host's own address has moved there.
 */
public final class ProbePreflight implements Preflight {

  private final CommandRunner runner;
  private final PingList lists;
  private final boolean linkUnchecked;
  private final boolean duplicatesUnchecked;
  private final HostNetwork network;

  /**
   * @param runner runs ip, arping and bridge
   * @param lists the ping lists, whose entries are asked too
   * @param noLinkCheck IP_NOLINKCHECK, whether the link check is turned off
   * @param noUniqueCheck NOIPUNIQUE, whether the duplicate check is turned off
   */
  public ProbePreflight(
      CommandRunner runner, PingList lists, boolean noLinkCheck, boolean noUniqueCheck) {
    this.runner = runner;
    this.lists = lists;
    this.linkUnchecked = noLinkCheck;
    this.duplicatesUnchecked = noUniqueCheck;
    this.network = new HostNetwork(runner);
  }

  /**
   * {@inheritDoc}
   *
   * <p>With a live primary, silence refuses the move: the primary itself, which answers for the
   * address, or some neighbour must be heard out of the backup. With a dead one, silence lets the
   * move go on, as there is nothing to lose and verification follows; only an answer for the
   * address from a stranger refuses it.
   *
   * @throws Failure ILLEGAL for a member of a VRF, else MOVE_FAILED
   */
  @Override
  public void check(
      Tag tag,
      ProtectedAddress address,
      InterfaceName primary,
      InterfaceName backup,
      Surroundings before) {
    Map<String, Link> links = network.links();
    Link link = links.get(backup.value());
    requireLink(address, backup, link, links);
    Segment segment =
        new Segment(runner, network, links, address, primary, backup, before, lists.of(tag));
    segment.listen();
    String stranger = segment.stranger();
    if (stranger != null && !duplicatesUnchecked) {
      throw new Failure(
          Failure.Kind.MOVE_FAILED,
          address.host() + " is held by another machine, " + stranger + ", seen from " + backup,
          "find that machine; NOIPUNIQUE=1 turns this check off");
    }
    if (before.primaryAlive() && segment.askable() && !segment.reached()) {
      throw new Failure(
          Failure.Kind.MOVE_FAILED,
          backup + " is not on the network of " + primary + ": nobody known there answers on it",
          "check cable, switch port and VLAN of "
              + backup
              + ", or name systems in "
              + lists.file(tag));
    }
  }

  private void requireLink(
      ProtectedAddress address, InterfaceName backup, Link link, Map<String, Link> links) {
    if (link == null) {
      throw refused(address, backup, "does not exist", "see 'ip link'");
    }
    link.requireOutsideVrf();
    if (!link.up()) {
      throw refused(address, backup, "is set down", "set it up: ip link set " + backup + " up");
    }
    if (!linkUnchecked && !link.carrier()) {
      throw refused(address, backup, "has no link", "check its cable and switch port");
    }
    if (!linkUnchecked && !HostNetwork.works(link, links)) {
      throw refused(
          address, backup, "has no uplink that works", "check the cables of the bridge's ports");
    }
  }

  private static Failure refused(
      ProtectedAddress address, InterfaceName backup, String why, String advice) {
    return new Failure(
        Failure.Kind.MOVE_FAILED,
        "the backup " + backup + " " + why + ", " + address.host() + " stays",
        advice);
  }
}
