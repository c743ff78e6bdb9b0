package org.lkipbu.net;

import java.util.List;
import java.util.Map;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;

/**
 * Refuses interfaces that belong to a VRF. The kernel routes what they carry by the VRF's own table
 * (its l3mdev rule), so no address on them can have a way out of its own.
 */
@FunctionalInterface
public interface VrfCheck {

  /**
   * Looks at the interfaces as they are now; one that does not exist belongs to no VRF.
   *
   * @throws Failure ILLEGAL when one of them belongs to a VRF
   */
  void requireOutside(List<InterfaceName> names);

  /** The check that asks {@code ip}. */
  static VrfCheck of(CommandRunner runner) {
    return names -> {
      Map<String, Link> links = new HostNetwork(runner).links();
      for (InterfaceName name : names) {
        Link link = links.get(name.value());
        if (link != null) {
          link.requireOutsideVrf();
        }
      }
    };
  }
}
