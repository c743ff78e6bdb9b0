package org.lkipbu.watch;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.lkipbu.host.Failure;

/**
 * Puts the addresses that were in service where they were last, when the watcher begins. One whose
 * interface has no link yet waits a moment for it, as links come up one after the other while a
 * machine starts; then it counts as dead, as at any other time.
 */
final class Placing {

  private static final long LINK_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long ATTEMPT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Loop loop;
  private final Links links;
  private final Care care;
  private final Recovery recovery;
  private final WatchLog log;
  private final LongSupplier clock;
  private int waiting;
  private Runnable ready = () -> {};

  Placing(Loop loop, Links links, Care care, Recovery recovery, WatchLog log, LongSupplier clock) {
    this.loop = loop;
    this.links = links;
    this.care = care;
    this.recovery = recovery;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Puts all of them in service.
   *
   * @param whenDone is called when each has been tried once, on its backup too where its interface
   *     is dead
   */
  void all(List<Ward> wards, Runnable whenDone) {
    ready = whenDone;
    waiting = 1;
    for (Ward ward : wards) {
      if (ward.seen.inService()) {
        waiting++;
        ward.judgement.begin();
        place(ward, clock.getAsLong() + LINK_NANOS, true);
      } else {
        ward.placed = true;
      }
    }
    tried(true);
  }

  /** Tries one again at once, whose interface has changed. */
  void again(Ward ward) {
    if (!ward.placed && !ward.judgement.acting()) {
      ward.judgement.begin();
      place(ward, clock.getAsLong(), false);
    }
  }

  private void place(Ward ward, long linkUntil, boolean first) {
    Watched seen = ward.seen;
    long now = clock.getAsLong();
    if (!links.works(seen.primary()) && now - linkUntil < 0) {
      loop.after(Math.min(linkUntil - now, PAUSE_NANOS / 50), () -> place(ward, linkUntil, first));
      return;
    }
    loop.aside(
        () -> care.reinstate(seen),
        inService -> placed(ward, inService, now, first),
        failure -> failed(ward, failure, first));
  }

  private void placed(Ward ward, boolean inService, long began, boolean first) {
    ward.judgement.mended();
    ward.placed = true;
    if (inService) {
      long millis = (clock.getAsLong() - began) / 1_000_000;
      log.notice(ward + ": in service on " + ward.seen.primary() + " in " + millis + " ms");
    }
    look(ward, first);
  }

  private void failed(Ward ward, Failure failure, boolean first) {
    ward.judgement.mended();
    if (failure.kind() == Failure.Kind.NOT_FOUND) {
      ward.placed = true;
      tried(first);
      return;
    }
    if (!links.works(ward.seen.primary())) {
      // Its interface is gone: that is a case for its backup.
      ward.placed = true;
      look(ward, first);
      return;
    }
    tried(first);
    if (!ward.told && failure.kind() != Failure.Kind.BUSY) {
      ward.told = true;
      log.error(ward + ": not in service, " + failure.problem() + "; it is tried again");
    }
    loop.after(PAUSE_NANOS, () -> again(ward));
  }

  /** Looks at one, and has tried it when the recovery that a dead interface leads to has ended. */
  private void look(Ward ward, boolean first) {
    if (links.works(ward.seen.primary())) {
      recovery.lookLater(ward, 1);
      tried(first);
    } else {
      recovery.lookNow(ward);
      awaitRecovery(ward, first);
    }
  }

  private void awaitRecovery(Ward ward, boolean first) {
    if (first && ward.judgement.acting()) {
      loop.after(ATTEMPT_NANOS, () -> awaitRecovery(ward, first));
    } else {
      tried(first);
    }
  }

  private void tried(boolean first) {
    if (first && --waiting == 0) {
      ready.run();
    }
  }
}
