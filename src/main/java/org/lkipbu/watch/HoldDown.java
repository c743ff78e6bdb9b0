package org.lkipbu.watch;

import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps a flapping link from bouncing an address: so many moves within a window, and no more. */
final class HoldDown {

  private final int most;
  private final long windowNanos;
  private final Deque<Long> moves = new ArrayDeque<>();

  /**
   * @param most how many moves are allowed within the window
   * @param windowNanos its length
   */
  HoldDown(int most, long windowNanos) {
    this.most = most;
    this.windowNanos = windowNanos;
  }

  /** A move was made. */
  void moved(long now) {
    moves.addLast(now);
  }

  /** How long until the next move is allowed, in nanoseconds; 0 when it is now. */
  long remaining(long now) {
    while (!moves.isEmpty() && now - moves.peekFirst() >= windowNanos) {
      moves.removeFirst();
    }
    return moves.size() < most ? 0 : moves.peekFirst() + windowNanos - now;
  }
}
