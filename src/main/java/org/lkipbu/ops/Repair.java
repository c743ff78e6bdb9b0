package org.lkipbu.ops;

import java.util.Optional;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Surroundings;
import org.lkipbu.net.Verifier;

/**
 * Finishes or undoes a move that was interrupted. The journal says what was meant, the kernel where
 * the address is, INFO what the rest of the world believes; afterwards the address is on exactly
 * one interface, the one that INFO names as primary. Whatever touches the address goes through
 * {@link IpAction}, so that its rules and routes match.
 */
public final class Repair {

  /**
   * A killed process leaves its ipaction running. The first call of ours waits for that one, so
   * what was seen before it may not be true after it: the host is looked at again.
   */
  private static final int ROUNDS = 4;

  private final InstanceStore store;
  private final IpAction ipAction;
  private final Interfaces interfaces;
  private final Verifier verifier;
  private final MoveJournal journal;
  private final CriticalSection section;
  private final Verification verification;

  /** The operation with its collaborators. */
  public Repair(
      InstanceStore store,
      IpAction ipAction,
      Interfaces interfaces,
      Verifier verifier,
      MoveJournal journal,
      CriticalSection section,
      Verification verification) {
    this.store = store;
    this.ipAction = ipAction;
    this.interfaces = interfaces;
    this.verifier = verifier;
    this.journal = journal;
    this.section = section;
    this.verification = verification;
  }

  /**
   * What a repair did.
   *
   * @param tag the instance
   * @param address its address
   * @param on the interface that has the address now, which INFO names; empty when the instance is
   *     out of service and the address on no interface
   */
  public record Repaired(Tag tag, ProtectedAddress address, Optional<InterfaceName> on) {}

  /**
   * Repairs one instance. The caller holds its lock.
   *
   * @return what was done; empty when there was nothing to repair
   * @throws Failure ADDRESS_LOST when the address cannot be put on any interface; SYSTEM or BUSY
   *     when the host refused
   */
  public Optional<Repaired> run(Tag tag) {
    Optional<MoveIntent> found = journal.read(tag);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    MoveIntent intent = found.get();
    Optional<InterfaceName> on = Optional.empty();
    for (int round = 0; round < ROUNDS; round++) {
      Optional<ProtectedInstance> it = findOrForget(tag);
      if (it.isEmpty() || !concerns(intent, it.get())) {
        journal.drop(tag);
        return Optional.empty();
      }
      if (round > 0 && isSettled(intent, it.get())) {
        journal.drop(tag);
        return Optional.of(new Repaired(tag, intent.address(), on));
      }
      section.enter();
      on = settle(intent, it.get());
    }
    throw new Failure(
        Failure.Kind.SYSTEM,
        "a move of " + intent.address().host() + " was interrupted and cannot be put right",
        "see with 'ip addr' what else moves the address, then run lkipbu --repair -t " + tag);
  }

  /**
   * Somebody may have given the instance other interfaces or another address: not ours to change.
   */
  private static boolean concerns(MoveIntent intent, ProtectedInstance it) {
    InterfaceName named = it.info().primary();
    return it.address().equals(intent.address())
        && (named.equals(intent.from()) || named.equals(intent.to()));
  }

  private boolean isSettled(MoveIntent intent, ProtectedInstance it) {
    InterfaceName named = it.info().primary();
    boolean onNamed = interfaces.has(intent.address(), named);
    boolean onOther = interfaces.has(intent.address(), other(intent, named));
    return !onOther && (onNamed || !it.inService());
  }

  private static InterfaceName other(MoveIntent intent, InterfaceName named) {
    return named.equals(intent.from()) ? intent.to() : intent.from();
  }

  /** An instance that was removed after the interruption has nothing left to repair. */
  private Optional<ProtectedInstance> findOrForget(Tag tag) {
    try {
      return Optional.of(ProtectedInstance.find(store, tag));
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.NOT_FOUND) {
        throw e;
      }
      journal.drop(tag);
      return Optional.empty();
    }
  }

  private Optional<InterfaceName> settle(MoveIntent intent, ProtectedInstance it) {
    ProtectedAddress address = intent.address();
    InterfaceName named = it.info().primary();
    InterfaceName other = other(intent, named);
    boolean onNamed = interfaces.has(address, named);
    boolean onOther = interfaces.has(address, other);
    if (!onNamed && !onOther && !it.inService()) {
      return Optional.empty();
    }
    if (onNamed && onOther) {
      ipAction.remove(address, other);
    }
    if (onNamed) {
      ipAction.restore(address, named);
      return Optional.of(named);
    }
    if (onOther) {
      return Optional.of(finishOrUndo(intent, it.info(), named, other));
    }
    return Optional.of(bringBack(intent, it.info(), named, other));
  }

  /**
   * The address is where INFO does not say: there it stays if it answers there, else it returns.
   */
  private InterfaceName finishOrUndo(
      MoveIntent intent, InfoRecord info, InterfaceName named, InterfaceName other) {
    ipAction.restore(intent.address(), other);
    if (answers(intent, other)) {
      commit(intent.tag(), info, named, other);
      return other;
    }
    try {
      ipAction.move(intent.address(), other, named);
      return named;
    } catch (Failure e) {
      if (!interfaces.has(intent.address(), other)) {
        throw e;
      }
      commit(intent.tag(), info, named, other);
      return other;
    }
  }

  /** The address is on neither interface: the one that INFO names comes first, if it has link. */
  private InterfaceName bringBack(
      MoveIntent intent, InfoRecord info, InterfaceName named, InterfaceName other) {
    boolean otherFirst = !interfaces.hasLink(named) && interfaces.hasLink(other);
    if (otherFirst && answersOn(other, intent)) {
      commit(intent.tag(), info, named, other);
      return other;
    }
    try {
      ipAction.restore(intent.address(), named);
      return named;
    } catch (Failure e) {
      if (takenBy(other, intent)) {
        commit(intent.tag(), info, named, other);
        return other;
      }
      throw new Failure(
          Failure.Kind.ADDRESS_LOST,
          "a move was interrupted and "
              + intent.address().host()
              + " is on no interface: "
              + e.problem(),
          "mend " + named + " and run lkipbu --repair -t " + intent.tag(),
          e);
    }
  }

  /** Anywhere is better than nowhere, whether it answers there or not. */
  private boolean takenBy(InterfaceName other, MoveIntent intent) {
    try {
      ipAction.restore(intent.address(), other);
      return true;
    } catch (Failure e) {
      return false;
    }
  }

  /** Puts the address on an interface to see whether it answers there; takes it off if not. */
  private boolean answersOn(InterfaceName other, MoveIntent intent) {
    try {
      ipAction.restore(intent.address(), other);
      if (answers(intent, other)) {
        return true;
      }
      ipAction.remove(intent.address(), other);
    } catch (Failure e) {
      // The interface that INFO names is what is left.
    }
    return false;
  }

  private boolean answers(MoveIntent intent, InterfaceName on) {
    Surroundings now = verifier.observe(intent.address(), on);
    return verification.succeeds(intent.tag(), intent.address(), on, now);
  }

  private void commit(Tag tag, InfoRecord info, InterfaceName named, InterfaceName other) {
    boolean swap = info.backup().isPresent() && info.backup().get().equals(other);
    InfoRecord truth =
        swap
            ? info.swapped()
            : new InfoRecord(
                info.server(), other, info.literal(), info.netmask(), Optional.of(named));
    try (InstanceStore.Pending pending = store.prepareInfo(tag, truth.format())) {
      pending.commit();
    }
  }
}
