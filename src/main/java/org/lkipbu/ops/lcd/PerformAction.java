package org.lkipbu.ops.lcd;

import java.util.function.BiPredicate;
import org.lkipbu.host.Failure;
import org.lkipbu.host.PlainText;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.ops.InstanceLock;

/**
 * {@code perform_action}: puts an address in service and takes it out again. A restore that
 * succeeds sets ISP, one that fails OSF; a remove sets OSU (LRACI-perform_action(1M)).
 *
 * <p>Whatever the stored state says, ipaction is asked: it is idempotent, and after a reboot the
 * state is ISP while the address is configured nowhere.
 */
public final class PerformAction {

  private static final int MAX_REASON = 200;

  private final EmbeddedStore store;
  private final InstanceLock lock;
  private final Settlement settlement;
  private final IpAction ipAction;
  private final BiPredicate<ProtectedAddress, InterfaceName> configured;

  /**
   * The operation with its collaborators.
   *
   * @param configured tells whether an address is configured on an interface
   */
  public PerformAction(
      EmbeddedStore store,
      InstanceLock lock,
      Settlement settlement,
      IpAction ipAction,
      BiPredicate<ProtectedAddress, InterfaceName> configured) {
    this.store = store;
    this.lock = lock;
    this.settlement = settlement;
    this.ipAction = ipAction;
    this.configured = configured;
  }

  /**
   * Puts the address in service on its primary interface, and there alone.
   *
   * @throws Failure as {@link IpAction#restore}; the instance is OSF then, unless it was BUSY
   */
  public void restore(Tag tag) {
    // A tag that does not exist is said at once, and gets no lock file.
    store.find(tag);
    try (InstanceLock.Held held = lock.acquire(tag, "restore")) {
      InfoRecord info = settled(tag);
      try {
        restore(info);
      } catch (Failure e) {
        if (e.kind() != Failure.Kind.BUSY) {
          writeFailure(tag, e);
        }
        throw e;
      }
      store.setState(tag, State.ISP, "restored");
    }
  }

  private void restore(InfoRecord info) {
    ProtectedAddress address = address(info);
    if (onBackup(info, address)) {
      ipAction.remove(address, info.backup().get());
    }
    ipAction.restore(address, info.primary());
  }

  /**
   * Takes the address out of service, wherever of its two interfaces it is.
   *
   * @throws Failure as {@link IpAction#remove}; the state is what it was then
   */
  public void remove(Tag tag) {
    store.find(tag);
    try (InstanceLock.Held held = lock.acquire(tag, "remove")) {
      InfoRecord info = settled(tag);
      ProtectedAddress address = address(info);
      ipAction.remove(address, info.primary());
      if (onBackup(info, address)) {
        ipAction.remove(address, info.backup().get());
      }
      store.setState(tag, State.OSU, "removed");
    }
  }

  private InfoRecord settled(Tag tag) {
    settlement.settle(tag);
    ResourceInstance instance = store.find(tag);
    if (!instance.application().equals("comm") || !instance.type().equals("ip")) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "instance " + tag + " is not an IP address",
          "name an instance of application comm and type ip");
    }
    return InfoRecord.parse(instance.info());
  }

  private boolean onBackup(InfoRecord info, ProtectedAddress address) {
    return info.backup().isPresent() && configured.test(address, info.backup().get());
  }

  private void writeFailure(Tag tag, Failure failure) {
    String reason = PlainText.of("restore failed, " + failure.problem());
    try {
      store.setState(tag, State.OSF, reason.substring(0, Math.min(MAX_REASON, reason.length())));
    } catch (Failure second) {
      failure.addSuppressed(second);
    }
  }

  private static ProtectedAddress address(InfoRecord info) {
    return new ProtectedAddress(info.address(), info.prefix());
  }
}
