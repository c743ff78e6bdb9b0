package org.lkipbu.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.KernelEvent;
import org.lkipbu.net.KernelEvents;
import org.lkipbu.ops.LastMoves;
import org.lkipbu.ops.LastMoves.Asked;
import org.lkipbu.ops.LastMoves.LastMove;

/**
 * Watches the addresses of the embedded store and keeps them answering. The kernel tells what
 * changes, nothing is polled for that; looks, pings and probes come beside it. One thread decides,
 * see {@link Loop}.
 */
public final class Watcher {

  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(60);

  /** Changes come in swarms: what they amount to is looked at when so much time has passed. */
  private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

  /** An {@code ip monitor} that was just started may not listen yet: all is read once more then. */
  private static final long LISTENING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** How long a command that moved an address has to leave its note. */
  private static final long NOTE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Tools tools;
  private final WatchSettings settings;
  private final boolean failback;
  private final WatchLog log;
  private final LongSupplier clock = System::nanoTime;
  private final Wards wards = new Wards();
  private final Loop loop;
  private final Links links;
  private final KnownAddresses addresses;
  private final Roster roster;
  private final Recovery recovery;
  private final Rounds rounds;
  private final Tending tending;
  private final Placing placing;
  private final MoveNotes notes;
  private final KernelEvents events;
  private boolean settling;
  private boolean upset;

  /**
   * @param failback whether addresses return to the interface that an administrator last chose
   * @param only the instances to watch; empty for all
   */
  public Watcher(
      Tools tools, WatchSettings settings, boolean failback, Set<Tag> only, WatchLog log) {
    this.tools = tools;
    this.settings = settings;
    this.failback = failback;
    this.log = log;
    loop = new Loop(log);
    links = new Links(tools.interfaces(), tools.linkCounts());
    roster = new Roster(tools.store(), only, log);
    KnownNetwork network =
        new KnownNetwork(
            tools.verifier(),
            tools.preflight(),
            tools.pulse(),
            tools.asksForItself(),
            links,
            settings.probe().multipliedBy(3).toNanos(),
            clock);
    Care care =
        new Operations(
            tools.store().inHaste(),
            tools.interfaces(),
            tools.ipActions(),
            network,
            network,
            tools.lock(),
            tools.journal().inHaste(),
            tools.linkCounts());
    Hooks hooks =
        new Hooks(
            tools.folders().config().resolve("hooks.d"), tools.runner(), settings.hookLimit(), log);
    notes = new MoveNotes(new LastMoves(tools.folders().state()), hooks, loop);
    recovery = new Recovery(loop, links, care, notes, log, clock, settings);
    addresses = new KnownAddresses(tools.interfaces());
    rounds = new Rounds(wards, loop, links, addresses, network, care, recovery, log);
    recovery.lookBy(rounds::look);
    tending = new Tending(wards, loop, links, care, log);
    placing = new Placing(loop, links, care, recovery, log, clock);
    events = new KernelEvents(new Hearing());
  }

  /**
   * Watches until the process is ended.
   *
   * @param ready is called when every address that was in service is there again, or could not be
   *     put there
   * @throws Failure BUSY when another watcher runs, SYSTEM when the host cannot be watched
   */
  public void run(Runnable ready) {
    try (OneWatcher one = new OneWatcher(tools.folders().run());
        StoreEvents store =
            new StoreEvents(
                tools.folders().state().resolve("instances"),
                name -> loop.soon(() -> reload(name)))) {
      Runtime.getRuntime().addShutdownHook(new Thread(events::close, "end of the events"));
      events.start();
      loop.soon(() -> begin(ready));
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      events.close();
      loop.close();
    }
  }

  private void begin(Runnable ready) {
    for (Watched seen : roster.all()) {
      add(seen);
    }
    log.info("watching " + wards.all().size() + " addresses");
    placing.all(wards.all(), ready);
    loop.chore(this::rehearse, done -> {}, failure -> {});
    loop.after(LISTENING_NANOS, this::readAnew);
    loop.every(settings.look(), this::look);
    loop.every(settings.ping(), this::ping);
    loop.every(settings.probe(), rounds::probe);
    loop.every(settings.announce(), rounds::announce);
    loop.after(LISTENING_NANOS, rounds::ping);
    loop.after(LISTENING_NANOS, rounds::probe);
  }

  private Void rehearse() {
    new Rehearsal(tools.folders().run(), tools.interfaces()).run();
    return null;
  }

  private void ping() {
    rounds.lookHard();
    rounds.ping();
  }

  private void look() {
    rounds.look();
    if (failback) {
      rounds.failBack(clock.getAsLong());
    }
  }

  private Ward add(Watched seen) {
    Judgement judgement =
        new Judgement(
            new HoldDown(settings.mostMoves(), settings.window().toNanos()),
            new BackOff(FIRST_PAUSE, LONGEST_PAUSE));
    Failback back = new Failback(settings.failbackAfter().toNanos());
    Ward ward = new Ward(seen, judgement, back, notes.chosen(seen));
    wards.add(ward);
    return ward;
  }

  /** A file of the store has changed. */
  private void reload(String file) {
    Ward ward = wards.ofFile(file);
    if (ward == null) {
      for (Watched seen : roster.all()) {
        Ward known = wards.ofFile(seen.tag().fileName());
        if (known == null) {
          add(seen).placed = true;
          log.info(seen.tag() + " (" + seen.address().host() + "): is watched from now on");
        } else {
          update(known, seen);
        }
      }
      return;
    }
    try {
      Optional<Watched> now = roster.one(ward.seen.tag());
      if (now.isEmpty()) {
        wards.remove(ward);
        notes.forget(ward.seen);
        log.info(ward + ": is no more");
      } else {
        update(ward, now.get());
      }
    } catch (Failure e) {
      log.warning(e.problem() + ": what was known of it stands");
    }
  }

  private void update(Ward ward, Watched now) {
    Watched before = ward.seen;
    if (now.equals(before)) {
      return;
    }
    if (ward.judgement.acting()) {
      // Most likely our own doing; what it was is known when it has ended.
      recovery.lookLater(ward, SETTLE_NANOS);
      loop.after(SETTLE_NANOS, () -> reload(now.tag().fileName()));
      return;
    }
    ward.judgement.changed();
    ward.seen = now;
    ward.placed = true;
    if (before.inService() != now.inService()) {
      log.info(ward + (now.inService() ? ": is in service" : ": is out of service"));
    }
    boolean moved = !before.primary().equals(now.primary()) && now.inService();
    if (moved && before.address().equals(now.address())) {
      ward.silent = false;
      ward.told = false;
      ward.chosen = now.primary();
      loop.after(NOTE_NANOS, () -> movedByOthers(ward, before.primary(), now.primary()));
    } else if (!before.primary().equals(now.primary())) {
      ward.chosen = now.primary();
    }
  }

  /** Another command has moved an address, and has had the time to leave a note of it. */
  private void movedByOthers(Ward ward, InterfaceName from, InterfaceName to) {
    Optional<LastMove> note = notes.ofOthers(ward.seen, from, to);
    if (note.isPresent()) {
      ward.chosen = note.get().chosen();
      recovery.tell(ward, note.get());
      notes.hooks(ward, note.get());
    } else {
      LastMove move =
          new LastMove(
              System.currentTimeMillis(),
              from,
              to,
              Asked.ADMINISTRATOR,
              "somebody wrote another INFO",
              0,
              to);
      recovery.tell(ward, move);
      notes.moved(ward, move);
    }
  }

  private void readAnew() {
    links.forget();
    changedSomewhere(true);
    rounds.lookHard();
  }

  /**
   * Something has changed.
   *
   * @param mayUpset whether rules and routes may have to be put right
   */
  private void changedSomewhere(boolean mayUpset) {
    upset |= mayUpset;
    if (!settling) {
      settling = true;
      loop.after(SETTLE_NANOS, this::settle);
    }
  }

  private void settle() {
    settling = false;
    rounds.lookAfterEvent();
    if (upset) {
      upset = false;
      tending.all();
    }
  }

  private void linkChanged(KernelEvent event) {
    if (!links.update(event)) {
      return;
    }
    String name = event.device();
    if (event.works()) {
      // What it is worth as a backup is found out before it may be needed.
      loop.after(LISTENING_NANOS, rounds::probe);
    }
    List<Ward> concerned = new ArrayList<>();
    for (Ward ward : wards.all()) {
      boolean primary = ward.seen.primary().value().equals(name);
      boolean backup =
          ward.seen.backup().isPresent() && ward.seen.backup().get().value().equals(name);
      if (primary || backup) {
        if (links.works(ward.seen.primary()) || backup) {
          ward.judgement.changed();
        }
        placing.again(ward);
        concerned.add(ward);
      }
      if (backup) {
        rounds.announce(ward);
      }
    }
    rounds.look(concerned);
    changedSomewhere(true);
  }

  /** The kernel's events, on the thread that reads them. */
  private final class Hearing implements KernelEvents.Listener {

    /** Whether the watcher's thread has been told of a swarm of which it has heard nothing yet. */
    private final AtomicBoolean told = new AtomicBoolean();

    @Override
    public void changed(KernelEvent event) {
      switch (event.kind()) {
        case LINK -> loop.soon(() -> linkChanged(event));
        case ADDRESS ->
            loop.soon(
                () -> {
                  addresses.update(event);
                  changedSomewhere(false);
                });
        case ROUTE, RULE -> {
          if (event.mayUpset() && !told.getAndSet(true)) {
            loop.soon(
                () -> {
                  told.set(false);
                  changedSomewhere(true);
                });
          }
        }
      }
    }

    @Override
    public void lost(String why) {
      log.warning(why + ": everything is read anew");
      loop.soon(Watcher.this::readAnew);
      loop.after(LISTENING_NANOS, Watcher.this::readAnew);
    }
  }
}
