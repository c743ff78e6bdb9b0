package org.lkipbu.watch;

import java.util.Optional;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.ProtectedAddress;

/**
 * What the store says of an address that is watched.
 *
 * @param tag the instance
 * @param address its address
 * @param primary the interface that has it
 * @param backup the interface that it can move to
 * @param inService whether it is in service; only then is anything done
 */
record Watched(
    Tag tag,
    ProtectedAddress address,
    InterfaceName primary,
    Optional<InterfaceName> backup,
    boolean inService) {

  /** Whether an instance is one of an IP address. */
  static boolean isAddress(ResourceInstance instance) {
    return instance.application().equals("comm") && instance.type().equals("ip");
  }

  /**
   * Reads an instance.
   *
   * @throws org.lkipbu.host.Failure ILLEGAL when its Information field cannot be read
   */
  static Watched of(ResourceInstance instance) {
    InfoRecord info = InfoRecord.parse(instance.info());
    return new Watched(
        instance.tag(),
        new ProtectedAddress(info.address(), info.prefix()),
        info.primary(),
        info.backup(),
        instance.state().inService());
  }

  /** The network that the address is on, as seen by its primary: who shares it shares its fate. */
  Segment segment() {
    return new Segment(primary, address);
  }
}
