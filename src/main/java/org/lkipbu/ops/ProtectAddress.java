package org.lkipbu.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.IpLiteral;
import org.lkipbu.instance.MaskedAddress;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.ProtectedAddress;

/**
 * Makes an instance for an address and puts it in service. An address that the interface has
 * already stays there all the while and gets what a protected one has beside it.
 */
public final class ProtectAddress {

  private final EmbeddedStore store;
  private final Interfaces interfaces;
  private final IpAction ipAction;
  private final InstanceLock lock;
  private final String system;

  /**
   * The operation with its collaborators.
   *
   * @param system the name of this machine
   */
  public ProtectAddress(
      EmbeddedStore store,
      Interfaces interfaces,
      IpAction ipAction,
      InstanceLock lock,
      String system) {
    this.store = store;
    this.interfaces = interfaces;
    this.ipAction = ipAction;
    this.lock = lock;
    this.system = system;
  }

  /**
   * What was done.
   *
   * @param tag the new instance
   * @param address its address
   * @param on the interface that has it
   * @param adopted whether the interface had it before
   */
  public record Protected(Tag tag, ProtectedAddress address, InterfaceName on, boolean adopted) {}

  /** The tag of an instance that nobody has named: {@code ip-} and the address. */
  public static Tag usualTag(MaskedAddress address) {
    return new Tag("ip-" + of(address).host());
  }

  /**
   * Protects an address.
   *
   * @throws Failure EXISTS when the tag is taken, another instance has the address, or another
   *     machine holds it; ILLEGAL when the interface cannot have it, or the host has it elsewhere;
   *     SYSTEM when the host refused. Nothing is left behind then.
   */
  public Protected run(Tag tag, MaskedAddress wanted, InterfaceName on) {
    ProtectedAddress address = of(wanted);
    requireUsable(on);
    try (InstanceLock.Held held = lock.acquire(tag, "protect")) {
      boolean adopted = isOn(address, on);
      requireFree(address);
      store.create(instance(tag, wanted, address, on), Map.of());
      try {
        ipAction.restore(address, on);
      } catch (Failure e) {
        forget(tag, e);
        throw e;
      }
      store.setState(tag, State.ISP, adopted ? "adopted" : "restored");
      return new Protected(tag, address, on, adopted);
    }
  }

  private void requireUsable(InterfaceName on) {
    boolean loopback = interfaces.isLoopback(on);
    if (loopback || !interfaces.exists(on)) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "interface " + on + (loopback ? " is the loopback" : " does not exist on this machine"),
          "name one that 'ip link' shows");
    }
  }

  /** Whether the interface has the address; where the host has it otherwise, that is an error. */
  private boolean isOn(ProtectedAddress address, InterfaceName on) {
    if (interfaces.has(address, on)) {
      return true;
    }
    Optional<InterfaceName> holder = interfaces.holder(address.address());
    if (holder.isEmpty()) {
      return false;
    }
    boolean elsewhere = !holder.get().equals(on);
    throw new Failure(
        Failure.Kind.ILLEGAL,
        address.host() + " is on " + holder.get() + (elsewhere ? "" : " with another netmask"),
        elsewhere
            ? "name that interface with -f, or remove the address from it first"
            : "'ip addr show " + on + "' has its prefix length, give that one");
  }

  private void requireFree(ProtectedAddress address) {
    List<Tag> holders = new ArrayList<>();
    store.list(
        other -> {
          if (has(other, address)) {
            holders.add(other.tag());
          }
        },
        broken -> {});
    if (!holders.isEmpty()) {
      throw new Failure(
          Failure.Kind.EXISTS,
          "instance " + holders.get(0) + " protects " + address.host() + " already",
          "use that one, or give it up with --unprotect -t " + holders.get(0));
    }
  }

  private static boolean has(ResourceInstance instance, ProtectedAddress address) {
    try {
      return InfoRecord.parse(instance.info()).address().equals(address.address());
    } catch (Failure e) {
      return false;
    }
  }

  private ResourceInstance instance(
      Tag tag, MaskedAddress wanted, ProtectedAddress address, InterfaceName on) {
    InfoRecord info =
        new InfoRecord(
            system,
            on,
            new IpLiteral(address.host()),
            wanted.asLifeKeeperWrites(),
            Optional.empty());
    return new ResourceInstance(
        system, "comm", "ip", tag, address.host(), info.format(), State.OSU, "");
  }

  /** An address that could not be put in service is not protected: the instance would be a lie. */
  private void forget(Tag tag, Failure cause) {
    try {
      store.remove(tag);
    } catch (Failure second) {
      cause.addSuppressed(second);
    }
  }

  private static ProtectedAddress of(MaskedAddress wanted) {
    return new ProtectedAddress(wanted.literal().address(), wanted.prefix());
  }
}
