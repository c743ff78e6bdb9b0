package org.lkipbu.ops;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.lkipbu.host.Deadline;
import org.lkipbu.host.Settings;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;

/** The operations joined to a fake host and a fake store, as the program joins the real ones. */
final class Bench {

  static final Tag TAG = new Tag("ip1");
  static final String INFO = "node1 eth0 10.0.0.50 ffffff00 eth1";
  static final String SWAPPED = "node1 eth1 10.0.0.50 ffffff00 eth0";

  private static final Duration LOCK_WAIT = Duration.ofMillis(100);

  final FakeHost host = new FakeHost();
  final FakeStore store;
  final MoveJournal journal;
  final InstanceLock lock;
  private final Settings settings;

  Bench(Path folder, String info, State state) {
    this(folder, info, state, Map.of());
  }

  Bench(Path folder, String info, State state, Map<String, String> settings) {
    this.store = new FakeStore(TAG.value(), info, state);
    this.journal = new MoveJournal(folder.resolve("journal"));
    this.lock = new InstanceLock(folder.resolve("locks"), Duration.ofMillis(200));
    this.settings = new Settings(settings, List.of());
    host.linkCounts = !this.settings.noLinkCheck();
    if (state.inService()) {
      host.holding.add("eth0");
    }
  }

  private Repair repair(CriticalSection section) {
    return new Repair(store, host, host, host, journal, section, new Verification(host, section));
  }

  RepairMoves repairMoves() {
    return new RepairMoves(
        store, lock, journal, tag -> repair(section()), () -> host.done.add("settle"));
  }

  AddBackup add() {
    return new AddBackup(store, host, host, host, host, lock, repair(section()));
  }

  RemoveBackup remove() {
    return new RemoveBackup(store, lock, repair(section()));
  }

  ShowStatus status() {
    return new ShowStatus(store, host, journal);
  }

  MoveToBackup.Moved move() {
    try (CriticalSection section = section()) {
      return new MoveToBackup(store, host, lock, repair(section), backupMove(section)).run(TAG);
    }
  }

  CheckHealth checkHealth() {
    return new CheckHealth(
        store, host, host, host, journal, lock, LOCK_WAIT, !settings.noLinkCheck());
  }

  Recover.Recovered recover() {
    return recover(Duration.ofSeconds(20));
  }

  Recover.Recovered recover(Duration within) {
    try (CriticalSection section = section()) {
      return new Recover(
              store,
              host,
              host,
              lock,
              repair(section),
              new Verification(host, section),
              backupMove(section),
              Deadline.in(within),
              LOCK_WAIT,
              !settings.noLinkCheck())
          .run(TAG);
    }
  }

  private BackupMove backupMove(CriticalSection section) {
    Relocation relocation =
        new Relocation(store, host, host, journal, section, new Verification(host, section));
    return new BackupMove(host, relocation);
  }

  private static CriticalSection section() {
    return new CriticalSection(Duration.ofSeconds(1));
  }
}
