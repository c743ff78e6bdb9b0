package org.lkipbu.ops;

import java.util.List;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.Verifier;
import org.lkipbu.net.VrfCheck;

/** Names the backup interface of an address. */
public final class AddBackup {

  private final InstanceStore store;
  private final Interfaces interfaces;
  private final Verifier verifier;
  private final VrfCheck vrfs;
  private final IpAction ipAction;
  private final InstanceLock lock;
  private final Repair repair;

  /** The operation with its collaborators. */
  public AddBackup(
      InstanceStore store,
      Interfaces interfaces,
      Verifier verifier,
      VrfCheck vrfs,
      IpAction ipAction,
      InstanceLock lock,
      Repair repair) {
    this.store = store;
    this.interfaces = interfaces;
    this.verifier = verifier;
    this.vrfs = vrfs;
    this.ipAction = ipAction;
    this.lock = lock;
    this.repair = repair;
  }

  /**
   * What was done.
   *
   * @param info the Information field as it is now
   * @param primaryMtu the largest packet that the primary takes, in bytes; 0 when not known
   * @param backupMtu the same of the backup
   */
  public record Added(InfoRecord info, int primaryMtu, int backupMtu) {

    /** Whether the backup drops packets that the primary takes; small pings do not show that. */
    public boolean backupTakesLess() {
      return backupMtu > 0 && backupMtu < primaryMtu;
    }
  }

  /**
   * Makes the interface the backup.
   *
   * @return what was done
   * @throws Failure NOT_FOUND when there is no such instance, EXISTS when it has a backup, ILLEGAL
   *     when there is no such interface, it is the primary or the loopback, or one of the two
   *     belongs to a VRF; BUSY when another operation holds the instance
   */
  public Added run(Tag tag, InterfaceName backup) {
    // A tag that does not exist is said at once, and gets no lock file.
    store.find(tag);
    try (InstanceLock.Held held = lock.acquire(tag, "add")) {
      repair.run(tag);
      ProtectedInstance it = ProtectedInstance.find(store, tag);
      InfoRecord info = it.info();
      if (info.backup().isPresent()) {
        throw new Failure(
            Failure.Kind.EXISTS,
            "instance " + tag + " has the backup interface " + info.backup().get() + " already",
            "remove it first with -r");
      }
      requireUsable(info, backup);
      InfoRecord changed = info.withBackup(backup);
      try (InstanceStore.Pending pending = store.prepareInfo(tag, changed.format())) {
        pending.commit();
      }
      getToKnowTheNetwork(it);
      return new Added(changed, interfaces.mtu(info.primary()), interfaces.mtu(backup));
    }
  }

  /**
   * What the primary knows of its network, and the routes that the address uses, are remembered for
   * the day on which it has failed.
   */
  private void getToKnowTheNetwork(ProtectedInstance it) {
    if (it.inService()) {
      try {
        verifier.observe(it.address(), it.info().primary());
        if (interfaces.has(it.address(), it.info().primary())) {
          ipAction.refresh(it.address(), it.info().primary());
        }
      } catch (Failure e) {
        // A hint less; the backup is named all the same.
      }
    }
  }

  private void requireUsable(InfoRecord info, InterfaceName backup) {
    String problem = null;
    if (backup.equals(info.primary())) {
      problem = "is the primary interface";
    } else if (interfaces.isLoopback(backup)) {
      problem = "is the loopback";
    } else if (!interfaces.exists(backup)) {
      problem = "does not exist on this machine";
    }
    if (problem != null) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "interface " + backup + " " + problem,
          "name another interface on the network of " + info.literal());
    }
    vrfs.requireOutside(List.of(info.primary(), backup));
  }
}
