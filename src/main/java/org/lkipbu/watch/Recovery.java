package org.lkipbu.watch;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.ops.LastMoves.Asked;
import org.lkipbu.ops.LastMoves.LastMove;
import org.lkipbu.ops.MoveToBackup.Moved;
import org.lkipbu.ops.Recover.Recovered;

/** What a sign of failure leads to, from the judgement to the log line; on the watcher's thread. */
final class Recovery {

  /** How long the second look waits, so that what is only passing has passed. */
  private static final long SECOND_LOOK_NANOS = 150_000_000;

  /** When an instance is held by another operation, how long until it is looked at again. */
  private static final long BUSY_NANOS = 100_000_000;

  /** Looks that follow one another so closely are one. */
  private static final long TOGETHER_NANOS = 20_000_000;

  private final Loop loop;
  private final Links links;
  private final Care care;
  private final MoveNotes notes;
  private final WatchLog log;
  private final LongSupplier clock;
  private final WatchSettings settings;
  private Consumer<Collection<Ward>> look = wards -> {};
  private final Set<Ward> due = new LinkedHashSet<>();

  Recovery(
      Loop loop,
      Links links,
      Care care,
      MoveNotes notes,
      WatchLog log,
      LongSupplier clock,
      WatchSettings settings) {
    this.loop = loop;
    this.links = links;
    this.care = care;
    this.notes = notes;
    this.log = log;
    this.clock = clock;
    this.settings = settings;
  }

  /** How addresses are looked at once more. */
  void lookBy(Consumer<Collection<Ward>> again) {
    look = again;
  }

  /**
   * A sign that an address does not work.
   *
   * @param certain whether it cannot be chance
   */
  void ill(Ward ward, boolean certain, String reason) {
    if (!ward.seen.inService() || !ward.placed) {
      return;
    }
    long now = clock.getAsLong();
    switch (ward.judgement.ill(certain, now)) {
      case LEAVE -> {
        long rest = ward.judgement.resting(now);
        if (rest > 0) {
          lookLater(ward, rest);
        }
      }
      case LOOK_AGAIN -> lookLater(ward, SECOND_LOOK_NANOS);
      case RECOVER -> begin(ward, true, reason, now);
      case MEND_ONLY -> begin(ward, false, reason, now);
    }
  }

  /** A check found nothing wrong. */
  void well(Ward ward) {
    ward.judgement.well();
    if (ward.told && !ward.judgement.acting()) {
      ward.told = false;
      log.notice(ward + ": is well on " + ward.seen.primary());
    }
  }

  private void begin(Ward ward, boolean mayMove, String reason, long now) {
    Watched seen = ward.seen;
    boolean primaryWorks = links.works(seen.primary());
    String stays = "";
    if (!mayMove && ward.judgement.heldFor(now) > 0 && ward.judgement.sayHeld()) {
      log.error(
          ward
              + ": has moved "
              + settings.mostMoves()
              + " times within "
              + settings.window().toSeconds()
              + " s, so it stays on "
              + seen.primary()
              + " now: "
              + reason);
    }
    if (!primaryWorks) {
      if (seen.backup().isEmpty()) {
        stays = "there is no backup interface";
      } else if (!links.works(seen.backup().get())) {
        stays = "the backup " + seen.backup().get() + " has no link either";
      } else if (!mayMove) {
        stays = "it has moved too often";
      }
    }
    if (!stays.isEmpty()) {
      stays(ward, reason + ", " + stays, !mayMove);
      return;
    }
    loop.aside(
        () -> care.recover(seen, mayMove),
        done -> recovered(ward, done, reason, millisSince(now)),
        failure -> failed(ward, failure, reason));
  }

  private void recovered(Ward ward, Recovered done, String reason, long millis) {
    if (done.moved()) {
      ward.judgement.moved(clock.getAsLong());
      moved(ward, done.from(), done.to(), Asked.RECOVERY, reason, millis);
    } else {
      ward.judgement.mended();
      ward.silent = false;
      log.notice(ward + ": put right on " + done.to() + " in " + millis + " ms: " + reason);
    }
    ward.told = false;
    lookSoon(ward);
  }

  /** An address has returned to the interface that an administrator chose. */
  void returned(Ward ward, Moved done) {
    ward.judgement.moved(clock.getAsLong());
    moved(ward, done.from(), done.to(), Asked.FAILBACK, done.to() + " is healthy again", 0);
    lookSoon(ward);
  }

  /** An address has moved: the ward, the note of it, the log and the hooks. */
  private void moved(
      Ward ward, InterfaceName from, InterfaceName to, Asked asked, String reason, long millis) {
    Watched before = ward.seen;
    ward.silent = false;
    ward.told = false;
    ward.seen =
        new Watched(
            before.tag(),
            before.address(),
            to,
            from.equals(to) ? before.backup() : Optional.of(from),
            before.inService());
    LastMove move =
        new LastMove(System.currentTimeMillis(), from, to, asked, reason, millis, ward.chosen);
    tell(ward, move);
    notes.moved(ward, move);
  }

  /** Says that an address has moved. */
  void tell(Ward ward, LastMove move) {
    String took = move.tookMillis() > 0 ? " in " + move.tookMillis() + " ms: " : ": ";
    log.notice(ward + ": moved from " + move.from() + " to " + move.to() + took + move.reason());
  }

  private void failed(Ward ward, Failure failure, String reason) {
    if (failure.kind() == Failure.Kind.BUSY) {
      // Somebody else is at it: what they do is awaited.
      ward.judgement.mended();
      lookLater(ward, BUSY_NANOS);
    } else if (failure.kind() == Failure.Kind.NOT_FOUND) {
      ward.judgement.mended();
    } else {
      stays(ward, reason + ", " + failure.problem(), false);
    }
  }

  /** Nothing helped: it is said once, and tried again after a growing pause. */
  private void stays(Ward ward, String why, boolean said) {
    long now = clock.getAsLong();
    ward.judgement.failed(now);
    if (!ward.told && !said) {
      log.error(ward + ": stays on " + ward.seen.primary() + ", " + why + "; it is tried again");
    }
    ward.told = true;
    lookLater(ward, ward.judgement.resting(now));
  }

  /** Looks at one address again, once. */
  void lookLater(Ward ward, long nanos) {
    long at = clock.getAsLong() + nanos;
    if (ward.lookAt != 0 && ward.lookAt - at <= 0) {
      return;
    }
    ward.lookAt = at;
    loop.after(
        nanos,
        () -> {
          if (ward.lookAt == at) {
            ward.lookAt = 0;
            lookSoon(ward);
          }
        });
  }

  /** Looks at one address before anything else is done. */
  void lookNow(Ward ward) {
    look.accept(List.of(ward));
  }

  /** Looks at one address together with all others whose turn comes in the same moment. */
  private void lookSoon(Ward ward) {
    if (due.isEmpty()) {
      loop.after(
          TOGETHER_NANOS,
          () -> {
            List<Ward> all = List.copyOf(due);
            due.clear();
            look.accept(all);
          });
    }
    due.add(ward);
  }

  private long millisSince(long then) {
    return (clock.getAsLong() - then) / 1_000_000;
  }
}
