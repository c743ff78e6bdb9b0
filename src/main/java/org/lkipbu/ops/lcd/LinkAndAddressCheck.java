package org.lkipbu.ops.lcd;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.ProtectedAddress;

/**
 * A health check of what this host itself knows: the primary interface has link and the address,
 * with the netmask of INFO. It sends nothing, so it says nothing of the network beyond.
 */
public final class LinkAndAddressCheck implements HealthCheck {

  private final InstanceStore store;
  private final Interfaces interfaces;
  private final boolean linkCounts;

  /**
   * The check with its collaborators.
   *
   * @param linkCounts whether an interface without link is unhealthy (IP_NOLINKCHECK is off)
   */
  public LinkAndAddressCheck(InstanceStore store, Interfaces interfaces, boolean linkCounts) {
    this.store = store;
    this.interfaces = interfaces;
    this.linkCounts = linkCounts;
  }

  @Override
  public void check(Tag tag) {
    ResourceInstance instance = store.find(tag);
    InfoRecord info = InfoRecord.parse(instance.info());
    ProtectedAddress address = new ProtectedAddress(info.address(), info.prefix());
    if (!instance.state().inService()) {
      throw unhealthy("instance " + tag + " is out of service, " + instance.state());
    }
    if (linkCounts && !interfaces.hasLink(info.primary())) {
      throw unhealthy("interface " + info.primary() + " has no link");
    }
    if (!interfaces.has(address, info.primary())) {
      throw unhealthy(address + " is not configured on " + info.primary());
    }
  }

  private static Failure unhealthy(String problem) {
    return new Failure(
        Failure.Kind.UNHEALTHY, problem, "put it in service with perform_action -a restore");
  }
}
