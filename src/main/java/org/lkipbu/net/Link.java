package org.lkipbu.net;

import org.lkipbu.host.Failure;

/**
 * A network interface as {@code ip -d link} describes it.
 *
 * @param name its name
 * @param mac its link-layer address, lower case with colons; empty when it has none
 * @param up whether it is set up
 * @param carrier whether the layer below it works
 * @param mtu the largest packet it takes, in bytes
 * @param master the bridge, bond or VRF that it belongs to; empty when none
 * @param kind what software made it ({@code veth}, {@code bridge}, {@code tun}...); empty for
 *     hardware
 * @param vrfMember whether it belongs to a VRF
 */
record Link(
    String name,
    String mac,
    boolean up,
    boolean carrier,
    int mtu,
    String master,
    String kind,
    boolean vrfMember) {

  /** Whether it is set up and has carrier. */
  boolean works() {
    return up && carrier;
  }

  /**
   * Refuses a member of a VRF.
   *
   * @throws Failure ILLEGAL when it is one
   */
  void requireOutsideVrf() {
    if (vrfMember) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "interface " + name + " belongs to a VRF, where an address cannot have its own routes",
          "use interfaces outside of VRFs");
    }
  }

  /** Whether it is of the kind that containers and virtual machines are attached by. */
  boolean guestPort() {
    return kind.equals("veth") || kind.equals("tun");
  }
}
