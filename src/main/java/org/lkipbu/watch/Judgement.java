package org.lkipbu.watch;

/**
 * Decides what a sign of failure of one address leads to. It knows no clock, no network and no
 * instance: it is told what was seen and when, in nanoseconds of one clock.
 *
 * <p>A sign must be seen twice before anything is done, except one that is certain. While an
 * attempt goes on, and for a growing pause after one that failed, nothing is begun. When an address
 * has moved too often in a short time it stays where it is; it may still be mended there.
 */
final class Judgement {

  /** What to do. */
  enum Verdict {
    /** Nothing. */
    LEAVE,
    /** Look a second time, by other means. */
    LOOK_AGAIN,
    /** Mend the address where it is, or else move it. */
    RECOVER,
    /** Mend it where it is; it has moved too often to move again. */
    MEND_ONLY
  }

  private final HoldDown holdDown;
  private final BackOff backOff;
  private boolean suspected;
  private boolean acting;
  private boolean held;

  Judgement(HoldDown holdDown, BackOff backOff) {
    this.holdDown = holdDown;
    this.backOff = backOff;
  }

  /** A sign of failure: certain, as lost carrier is, or one that may be chance. */
  Verdict ill(boolean certain, long now) {
    if (acting || backOff.remaining(now) > 0) {
      return Verdict.LEAVE;
    }
    if (!certain && !suspected) {
      suspected = true;
      return Verdict.LOOK_AGAIN;
    }
    suspected = false;
    acting = true;
    return holdDown.remaining(now) == 0 ? Verdict.RECOVER : Verdict.MEND_ONLY;
  }

  /** A check succeeded. */
  void well() {
    suspected = false;
    if (!acting) {
      backOff.reset();
      held = false;
    }
  }

  /** Whether a sign of failure waits for the second look. */
  boolean suspected() {
    return suspected;
  }

  /** Whether an attempt goes on. */
  boolean acting() {
    return acting;
  }

  /** Something is begun that no sign of failure has led to. */
  void begin() {
    suspected = false;
    acting = true;
  }

  /** The attempt mended the address where it is. */
  void mended() {
    acting = false;
    backOff.reset();
  }

  /** The attempt, or somebody else, moved the address. */
  void moved(long now) {
    acting = false;
    suspected = false;
    backOff.reset();
    holdDown.moved(now);
  }

  /** The attempt failed. */
  void failed(long now) {
    acting = false;
    backOff.failed(now);
  }

  /** An interface came back, or the instance was changed: do not wait for the next attempt. */
  void changed() {
    suspected = false;
    backOff.reset();
  }

  /** How long nothing will be done, in nanoseconds; 0 when a sign would be acted upon. */
  long resting(long now) {
    return Math.max(backOff.remaining(now), 0);
  }

  /** How long the address may not move, in nanoseconds; 0 when it may. */
  long heldFor(long now) {
    return holdDown.remaining(now);
  }

  /** Whether to say that the address is held: true once, until it has been well again. */
  boolean sayHeld() {
    boolean first = !held;
    held = true;
    return first;
  }
}
