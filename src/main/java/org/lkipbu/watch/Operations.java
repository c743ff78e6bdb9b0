package org.lkipbu.watch;

import java.time.Duration;
import java.util.function.Function;
import org.lkipbu.host.Deadline;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.Verifier;
import org.lkipbu.ops.BackupMove;
import org.lkipbu.ops.CriticalSection;
import org.lkipbu.ops.InstanceLock;
import org.lkipbu.ops.MoveJournal;
import org.lkipbu.ops.MoveToBackup;
import org.lkipbu.ops.MoveToBackup.Moved;
import org.lkipbu.ops.Recover;
import org.lkipbu.ops.Recover.Recovered;
import org.lkipbu.ops.Reinstate;
import org.lkipbu.ops.Relocation;
import org.lkipbu.ops.Repair;
import org.lkipbu.ops.Verification;

/** Care by the operations of the command, put together anew for each call. */
final class Operations implements Care {

  /** How long a whole recovery may take. */
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  /** How long a signal is held back while a move is completed or undone. */
  private static final Duration SIGNAL_BOUND = Duration.ofSeconds(20);

  private final InstanceStore store;
  private final Interfaces interfaces;
  private final Function<Tag, IpAction> ipActions;
  private final Verifier network;
  private final Preflight preflight;
  private final InstanceLock lock;
  private final MoveJournal journal;
  private final boolean linkCounts;

  /** Operations with their collaborators. */
  Operations(
      InstanceStore store,
      Interfaces interfaces,
      Function<Tag, IpAction> ipActions,
      Verifier network,
      Preflight preflight,
      InstanceLock lock,
      MoveJournal journal,
      boolean linkCounts) {
    this.store = store;
    this.interfaces = interfaces;
    this.ipActions = ipActions;
    this.network = network;
    this.preflight = preflight;
    this.lock = lock;
    this.journal = journal;
    this.linkCounts = linkCounts;
  }

  @Override
  public boolean reinstate(Watched one) {
    try (CriticalSection section = new CriticalSection(SIGNAL_BOUND)) {
      IpAction ipAction = ipActions.apply(one.tag());
      Repair repair = repair(ipAction, section);
      return new Reinstate(store, ipAction, lock, repair, Duration.ZERO).run(one.tag());
    }
  }

  @Override
  public Recovered recover(Watched one, boolean mayMove) {
    try (CriticalSection section = new CriticalSection(SIGNAL_BOUND)) {
      IpAction ipAction = ipActions.apply(one.tag());
      Recover recover =
          new Recover(
              store,
              ipAction,
              network,
              lock,
              repair(ipAction, section),
              new Verification(network, section),
              backupMove(ipAction, section, new GuardedPreflight(one, mayMove, preflight)),
              Deadline.in(RECOVERY),
              Duration.ZERO,
              linkCounts);
      return recover.run(one.tag());
    }
  }

  @Override
  public Moved move(Watched one) {
    try (CriticalSection section = new CriticalSection(SIGNAL_BOUND)) {
      IpAction ipAction = ipActions.apply(one.tag());
      Preflight guarded = new GuardedPreflight(one, true, preflight);
      return new MoveToBackup(
              store,
              network,
              lock,
              repair(ipAction, section),
              backupMove(ipAction, section, guarded))
          .run(one.tag());
    }
  }

  @Override
  public String tend(Watched one) {
    return ipActions.apply(one.tag()).refresh(one.address(), one.primary());
  }

  @Override
  public void announce(Watched one) {
    ipActions.apply(one.tag()).announce(one.address(), one.primary());
  }

  private Repair repair(IpAction ipAction, CriticalSection section) {
    return new Repair(
        store, ipAction, interfaces, network, journal, section, new Verification(network, section));
  }

  private BackupMove backupMove(IpAction ipAction, CriticalSection section, Preflight guarded) {
    Relocation relocation =
        new Relocation(
            store, ipAction, interfaces, journal, section, new Verification(network, section));
    return new BackupMove(guarded, relocation);
  }
}
