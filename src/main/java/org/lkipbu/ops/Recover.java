package org.lkipbu.ops;

import java.time.Duration;
import org.lkipbu.host.Deadline;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.Proof;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Surroundings;
import org.lkipbu.net.Verifier;

/**
 * Local recovery of an address: it is brought back in service on its primary interface, unless that
 * has no link; if that does not help and there is a backup, it moves there. In LifeKeeper's terms
 * what is left after that is another server.
 */
public final class Recover {

  /** With less time than this left, a move that might have to be undone is not begun. */
  private static final Duration MOVE_NEEDS = Duration.ofSeconds(8);

  private final InstanceStore store;
  private final IpAction ipAction;
  private final Verifier verifier;
  private final InstanceLock lock;
  private final Repair repair;
  private final Verification verification;
  private final BackupMove backupMove;
  private final Deadline deadline;
  private final Duration lockWait;
  private final boolean linkCounts;

  /**
   * The operation with its collaborators.
   *
   * @param deadline when it must have ended
   * @param lockWait how long another operation on the instance is waited for
   * @param linkCounts whether an interface without link is given up (IP_NOLINKCHECK is off)
   */
  public Recover(
      InstanceStore store,
      IpAction ipAction,
      Verifier verifier,
      InstanceLock lock,
      Repair repair,
      Verification verification,
      BackupMove backupMove,
      Deadline deadline,
      Duration lockWait,
      boolean linkCounts) {
    this.store = store;
    this.ipAction = ipAction;
    this.verifier = verifier;
    this.lock = lock;
    this.repair = repair;
    this.verification = verification;
    this.backupMove = backupMove;
    this.deadline = deadline;
    this.lockWait = lockWait;
    this.linkCounts = linkCounts;
  }

  /**
   * What a recovery did; the address is healthy now.
   *
   * @param tag the instance
   * @param address its address
   * @param from the interface that was the primary
   * @param to the interface that is the primary now; the same where the address was put back
   * @param proof how it was shown that the address answers there
   * @param reason why it could not stay; empty when it did
   */
  public record Recovered(
      Tag tag,
      ProtectedAddress address,
      InterfaceName from,
      InterfaceName to,
      Proof proof,
      String reason) {

    /** Whether the address has moved. */
    public boolean moved() {
      return !from.equals(to);
    }
  }

  /**
   * Recovers an address.
   *
   * @throws Failure NOT_FOUND when there is no such instance; UNHEALTHY when it is out of service,
   *     or could not be brought back and has no backup; EXISTS when another machine has taken the
   *     address; MOVE_FAILED, ADDRESS_LOST or ILLEGAL when the move failed, see {@link
   *     MoveToBackup#run}; BUSY when another operation holds the instance
   */
  public Recovered run(Tag tag) {
    // A tag that does not exist is said at once, and gets no lock file.
    store.find(tag);
    try (InstanceLock.Held held = lock.acquire(tag, "recover", lockWait)) {
      repair.run(tag);
      ProtectedInstance it = ProtectedInstance.find(store, tag);
      if (!it.inService()) {
        throw new Failure(
            Failure.Kind.UNHEALTHY,
            "instance " + tag + " is out of service, " + it.instance().state(),
            "put it in service with perform_action -a restore");
      }
      Surroundings before = verifier.observe(it.address(), it.info().primary());
      Failure why;
      if (linkCounts && !before.primaryAlive()) {
        String problem = it.info().primary() + " is set down or has no link";
        why = new Failure(Failure.Kind.UNHEALTHY, problem, "check its cable");
      } else {
        try {
          return bringBack(it, before);
        } catch (Failure e) {
          why = e;
        }
      }
      return move(it, before, why);
    }
  }

  private Recovered bringBack(ProtectedInstance it, Surroundings before) {
    InterfaceName primary = it.info().primary();
    ipAction.restore(it.address(), primary);
    Tag tag = it.instance().tag();
    Proof proof = verification.run(tag, it.address(), primary, before);
    return new Recovered(tag, it.address(), primary, primary, proof, "");
  }

  private Recovered move(ProtectedInstance it, Surroundings before, Failure why) {
    if (why.kind() == Failure.Kind.EXISTS || why.kind() == Failure.Kind.BUSY) {
      throw why;
    }
    InterfaceName primary = it.info().primary();
    if (it.info().backup().isEmpty()) {
      throw new Failure(
          Failure.Kind.UNHEALTHY,
          why.problem(),
          why.advice() + "; there is no backup interface to move to",
          why);
    }
    if (deadline.left().compareTo(MOVE_NEEDS) < 0) {
      throw new Failure(
          Failure.Kind.UNHEALTHY,
          why.problem() + ", and no time is left to move",
          "run it again",
          why);
    }
    // Whatever its link says, the primary is known to be dead now.
    Proof proof = backupMove.run(it, new Surroundings(before.neighbours(), false));
    InterfaceName to = it.info().backup().get();
    return new Recovered(it.instance().tag(), it.address(), primary, to, proof, why.problem());
  }
}
