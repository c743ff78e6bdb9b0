package org.lkipbu.watch;

/** The pauses between attempts that fail: each twice as long as the one before, up to a limit. */
final class BackOff {

  private final long firstNanos;
  private final long longestNanos;
  private long pause;
  private long until;
  private boolean waiting;

  BackOff(long firstNanos, long longestNanos) {
    this.firstNanos = firstNanos;
    this.longestNanos = longestNanos;
    this.pause = firstNanos;
  }

  /** An attempt failed. */
  void failed(long now) {
    until = now + pause;
    waiting = true;
    pause = Math.min(2 * pause, longestNanos);
  }

  /** Something has changed for the better: the next attempt is free, and pauses are short again. */
  void reset() {
    waiting = false;
    pause = firstNanos;
  }

  /** How long until the next attempt, in nanoseconds; 0 when it is now. */
  long remaining(long now) {
    return waiting && until - now > 0 ? until - now : 0;
  }
}
