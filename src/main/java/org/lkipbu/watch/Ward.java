package org.lkipbu.watch;

import org.lkipbu.instance.InterfaceName;

/** An address that is watched, and what is known of it; of the watcher's own thread alone. */
final class Ward {

  /** What the store said last. */
  Watched seen;

  final Judgement judgement;
  final Failback failback;

  /** The interface that an administrator last chose. */
  InterfaceName chosen;

  /** Whether the last pings were not answered. */
  boolean silent;

  /** Whether it was said that both interfaces are dead, or that a recovery failed. */
  boolean told;

  /** Whether it has been put in service since the watcher began, or found in service. */
  boolean placed;

  /** When another look was asked for, so that it is asked for once; 0 when it was not. */
  long lookAt;

  Ward(Watched seen, Judgement judgement, Failback failback, InterfaceName chosen) {
    this.seen = seen;
    this.judgement = judgement;
    this.failback = failback;
    this.chosen = chosen;
  }

  /** Whether it may be looked after now: in service and placed, and nothing is being done to it. */
  boolean idle() {
    return seen.inService() && placed && !judgement.acting();
  }

  /** For a log line: tag and address. */
  @Override
  public String toString() {
    return seen.tag() + " (" + seen.address().host() + ")";
  }
}
