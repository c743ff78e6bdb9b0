package org.lkipbu.ops;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.Proof;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Surroundings;
import org.lkipbu.net.Verifier;
import org.lkipbu.ops.Health.Fault;

/**
 * Finds out whether an address is healthy: link, address and netmask, its rules and routes, and a
 * ping. What is missing of rules and routes is put right on the way, and what the address uses and
 * who its neighbours are is recorded for a later move: on a LifeKeeper server nobody else does, as
 * LifeKeeper's own restore and remove know nothing of lkipbu. An interrupted move is left as it is.
 */
public final class CheckHealth {

  /** How much is looked at. */
  public enum Depth {
    /** Link and address, as the kernel tells at once: no lock, no other program. */
    LOOK,
    /** Rules and routes too. */
    QUICK,
    /** And a ping. */
    FULL
  }

  private final InstanceStore store;
  private final Interfaces interfaces;
  private final IpAction ipAction;
  private final Verifier verifier;
  private final MoveJournal journal;
  private final InstanceLock lock;
  private final Duration lockWait;
  private final boolean linkCounts;

  /**
   * The operation with its collaborators.
   *
   * @param lockWait how long another operation on the instance is waited for
   * @param linkCounts whether an interface without link is unhealthy (IP_NOLINKCHECK is off)
   */
  public CheckHealth(
      InstanceStore store,
      Interfaces interfaces,
      IpAction ipAction,
      Verifier verifier,
      MoveJournal journal,
      InstanceLock lock,
      Duration lockWait,
      boolean linkCounts) {
    this.store = store;
    this.interfaces = interfaces;
    this.ipAction = ipAction;
    this.verifier = verifier;
    this.journal = journal;
    this.lock = lock;
    this.lockWait = lockWait;
    this.linkCounts = linkCounts;
  }

  private record Finding(Fault fault, String reason) {
    static final Finding NONE = new Finding(Fault.NONE, "");
  }

  /**
   * Checks an address. May be called again and again, by several threads.
   *
   * @return what was found; an address that is not healthy is no exception
   * @throws Failure NOT_FOUND when there is no such instance, ILLEGAL when it cannot be read, BUSY
   *     when another operation holds it for too long, SYSTEM when the kernel or the store cannot be
   *     asked
   */
  public Health run(Tag tag, Depth depth) {
    ProtectedInstance seen = ProtectedInstance.find(store, tag);
    if (depth == Depth.LOOK) {
      return health(seen, look(seen, interfaces), Optional.empty(), "");
    }
    try (InstanceLock.Held held = lock.acquire(tag, "check", lockWait)) {
      ProtectedInstance it = ProtectedInstance.find(store, tag);
      String putRight = "";
      Finding routes = Finding.NONE;
      try {
        putRight = ipAction.refresh(it.address(), it.info().primary());
      } catch (Failure e) {
        if (e.kind() == Failure.Kind.BUSY) {
          throw e;
        }
        routes = new Finding(Fault.ROUTES, e.problem());
      }
      // The kernel lists its addresses while ip looks around.
      Interfaces after = interfaces.ahead();
      Surroundings now = verifier.observe(it.address(), it.info().primary());
      Finding finding = look(it, after);
      finding = finding.fault == Fault.NONE ? routes : finding;
      if (finding.fault != Fault.NONE) {
        return health(it, finding, Optional.empty(), putRight);
      }
      return ask(it, depth, now, putRight);
    }
  }

  /** What the kernel says at once. */
  private Finding look(ProtectedInstance it, Interfaces list) {
    InterfaceName primary = it.info().primary();
    if (!it.inService()) {
      return new Finding(
          Fault.OUT_OF_SERVICE,
          "instance " + it.instance().tag() + " is out of service, " + it.instance().state());
    }
    if (!list.exists(primary)) {
      return new Finding(Fault.NO_LINK, "there is no interface " + primary);
    }
    // In this order the kernel is asked for its addresses once, see Interfaces.
    boolean there = list.has(it.address(), primary);
    if (linkCounts && !list.hasLink(primary)) {
      return new Finding(Fault.NO_LINK, "interface " + primary + " is set down or has no link");
    }
    return there ? Finding.NONE : missing(it, list);
  }

  private static Finding missing(ProtectedInstance it, Interfaces list) {
    InfoRecord info = it.info();
    ProtectedAddress address = it.address();
    for (ProtectedAddress one : list.addresses(info.primary())) {
      if (Arrays.equals(one.address().getAddress(), address.address().getAddress())) {
        return new Finding(
            Fault.WRONG_NETMASK,
            address + " has the prefix length " + one.prefix() + " on " + info.primary());
      }
    }
    boolean onBackup = info.backup().isPresent() && list.has(address, info.backup().get());
    return new Finding(
        Fault.NOT_CONFIGURED,
        address.host()
            + " is not configured on "
            + info.primary()
            + (onBackup ? " but on " + info.backup().get() : ""));
  }

  /** Looks at the network behind the interface as it was seen, and asks it. */
  private Health ask(ProtectedInstance it, Depth depth, Surroundings now, String putRight) {
    InterfaceName primary = it.info().primary();
    if (linkCounts && !now.primaryAlive()) {
      Finding dead = new Finding(Fault.NO_LINK, "interface " + primary + " has no working uplink");
      return health(it, dead, Optional.empty(), putRight);
    }
    if (depth == Depth.QUICK) {
      return health(it, Finding.NONE, Optional.empty(), putRight);
    }
    try {
      Proof proof = verifier.verify(it.instance().tag(), it.address(), primary, now);
      return health(it, Finding.NONE, Optional.of(proof), putRight);
    } catch (Failure e) {
      return health(it, new Finding(Fault.SILENT, e.problem()), Optional.empty(), putRight);
    }
  }

  private Health health(
      ProtectedInstance it, Finding finding, Optional<Proof> proof, String putRight) {
    Tag tag = it.instance().tag();
    return new Health(
        tag,
        it.address(),
        it.info().primary(),
        finding.fault,
        finding.reason,
        proof,
        putRight,
        journal.isAbandoned(tag));
  }
}
