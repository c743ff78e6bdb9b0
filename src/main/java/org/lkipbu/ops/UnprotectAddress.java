package org.lkipbu.ops;

import java.util.Optional;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.ProtectedAddress;

/** Takes an address out of service and forgets its instance. */
public final class UnprotectAddress {

  private final EmbeddedStore store;
  private final Interfaces interfaces;
  private final IpAction ipAction;
  private final InstanceLock lock;
  private final Repair repair;

  /** The operation with its collaborators. */
  public UnprotectAddress(
      EmbeddedStore store,
      Interfaces interfaces,
      IpAction ipAction,
      InstanceLock lock,
      Repair repair) {
    this.store = store;
    this.interfaces = interfaces;
    this.ipAction = ipAction;
    this.lock = lock;
    this.repair = repair;
  }

  /**
   * What is to be forgotten, or was.
   *
   * @param tag the instance
   * @param address its address
   * @param on the interface that has it; empty when neither of its two has it
   */
  public record Unprotected(Tag tag, ProtectedAddress address, Optional<InterfaceName> on) {}

  /**
   * What {@link #run} would forget now. Takes no lock.
   *
   * @throws Failure NOT_FOUND when there is no such instance, ILLEGAL when it cannot be read
   */
  public Unprotected look(Tag tag) {
    ProtectedInstance it = ProtectedInstance.find(store, tag);
    return new Unprotected(tag, it.address(), place(it.info(), it.address()));
  }

  /**
   * Takes the address from its interface, then forgets the instance.
   *
   * @throws Failure NOT_FOUND when there is no such instance; BUSY when another operation holds it;
   *     SYSTEM when the host refused, and the instance is there still
   */
  public Unprotected run(Tag tag) {
    // A tag that does not exist is said at once, and gets no lock file.
    store.find(tag);
    try (InstanceLock.Held held = lock.acquire(tag, "unprotect")) {
      repair.run(tag);
      ProtectedInstance it = ProtectedInstance.find(store, tag);
      ProtectedAddress address = it.address();
      Optional<InterfaceName> on = place(it.info(), address);
      // Also where the address is gone: its rules and routes may be there.
      ipAction.remove(address, it.info().primary());
      if (on.isPresent() && !on.get().equals(it.info().primary())) {
        ipAction.remove(address, on.get());
      }
      store.remove(tag);
      return new Unprotected(tag, address, on);
    }
  }

  private Optional<InterfaceName> place(InfoRecord info, ProtectedAddress address) {
    if (interfaces.has(address, info.primary())) {
      return Optional.of(info.primary());
    }
    return info.backup().filter(backup -> interfaces.has(address, backup));
  }
}
