package org.lkipbu.ops;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.Proof;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Surroundings;

/**
 * The part of a move that touches the address: all of it or, as far as the host allows, none of it.
 * The caller holds the tag's lock.
 */
public final class Relocation {

  private final InstanceStore store;
  private final IpAction ipAction;
  private final Interfaces interfaces;
  private final MoveJournal journal;
  private final CriticalSection section;
  private final Verification verification;

  /** The step with its collaborators. */
  public Relocation(
      InstanceStore store,
      IpAction ipAction,
      Interfaces interfaces,
      MoveJournal journal,
      CriticalSection section,
      Verification verification) {
    this.store = store;
    this.ipAction = ipAction;
    this.interfaces = interfaces;
    this.journal = journal;
    this.section = section;
    this.verification = verification;
  }

  /**
   * Moves, verifies, and makes the new Information field the instance's.
   *
   * @param before what was seen of the network before
   * @throws Failure MOVE_FAILED or ADDRESS_LOST, or what {@link IpAction#move} throws when it has
   *     changed nothing
   */
  Proof run(MoveIntent intent, Surroundings before) {
    try (InstanceStore.Pending pending = store.prepareInfo(intent.tag(), intent.newInfo())) {
      section.enter();
      journal.write(intent);
      move(intent, before);
      Proof proof;
      try {
        proof = verification.run(intent.tag(), intent.address(), intent.to(), before);
        pending.commit();
      } catch (RuntimeException e) {
        throw moveBack(intent, before, pending, failure(e));
      }
      forget(intent);
      return proof;
    }
  }

  private static Failure failure(RuntimeException e) {
    return e instanceof Failure failure
        ? failure
        : new Failure(Failure.Kind.INTERNAL, "of an internal error, " + e, "", e);
  }

  private void move(MoveIntent intent, Surroundings before) {
    try {
      ipAction.move(intent.address(), intent.from(), intent.to());
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.ADDRESS_LOST) {
        if (interfaces.has(intent.address(), intent.to())) {
          // It did arrive, whatever became of its ipaction: verification decides.
          return;
        }
        // The journal stays: the next command tries again to put the address somewhere.
        throw e;
      }
      journal.drop(intent.tag());
      if (e.kind() != Failure.Kind.MOVE_FAILED && e.kind() != Failure.Kind.EXISTS) {
        throw e;
      }
      throw new Failure(
          Failure.Kind.MOVE_FAILED,
          e.problem(),
          whereItIs(intent, intent.from(), before) + "; " + e.advice(),
          e);
    }
  }

  private Failure moveBack(
      MoveIntent intent, Surroundings before, InstanceStore.Pending pending, Failure cause) {
    InterfaceName from = intent.from();
    InterfaceName to = intent.to();
    try {
      ipAction.move(intent.address(), to, from);
    } catch (Failure e) {
      if (!interfaces.has(intent.address(), to)) {
        return new Failure(
            Failure.Kind.ADDRESS_LOST,
            cause.problem() + "; moving back failed as well, " + e.problem(),
            "mend " + from + " or " + to + " and run lkipbu --repair -t " + intent.tag(),
            e);
      }
      return staysThere(intent, pending, cause, e);
    }
    if (infoIsOld(intent)) {
      journal.drop(intent.tag());
    }
    return new Failure(
        Failure.Kind.MOVE_FAILED,
        intent.address().host() + " was moved to " + to + " in vain, " + cause.problem(),
        whereItIs(intent, from, before) + "; check the cable and the switch port of " + to,
        cause);
  }

  /**
   * The address cannot go back, so INFO is made to say where it is: anything else would be a lie.
   */
  private Failure staysThere(
      MoveIntent intent, InstanceStore.Pending pending, Failure cause, Failure second) {
    pending.commit();
    forget(intent);
    return new Failure(
        Failure.Kind.MOVE_FAILED,
        cause.problem() + "; moving back to " + intent.from() + " failed, " + second.problem(),
        intent.address().host() + " stays on " + intent.to() + " and INFO says so; check both",
        second);
  }

  /**
   * A store that failed to take the new INFO may have taken it all the same; then the journal stays
   * and the next command makes INFO true.
   */
  private boolean infoIsOld(MoveIntent intent) {
    try {
      return store.find(intent.tag()).info().equals(intent.oldInfo());
    } catch (Failure e) {
      return false;
    }
  }

  private String whereItIs(MoveIntent intent, InterfaceName on, Surroundings before) {
    ProtectedAddress address = intent.address();
    boolean answers = verification.succeeds(intent.tag(), address, on, before);
    return address.host() + " is on " + on + (answers ? " and answers" : " but does not answer");
  }

  /** All is done; an entry that cannot be removed does no harm, the next command finds it done. */
  private void forget(MoveIntent intent) {
    try {
      journal.drop(intent.tag());
    } catch (Failure e) {
      // As said above.
    }
  }
}
