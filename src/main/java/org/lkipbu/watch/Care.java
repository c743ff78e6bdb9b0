package org.lkipbu.watch;

import org.lkipbu.ops.MoveToBackup.Moved;
import org.lkipbu.ops.Recover.Recovered;

/**
 * What can be done to an address. Each call is one operation, the same that the command does, under
 * the same lock and with the same journal; another operation that holds the instance makes it fail
 * as BUSY at once.
 */
interface Care {

  /** Puts the address on its primary; false when it is out of service. */
  boolean reinstate(Watched one);

  /**
   * Brings it back where it is, or moves it to its backup.
   *
   * @param mayMove whether it may be moved
   */
  Recovered recover(Watched one, boolean mayMove);

  /** Moves it to its backup, as {@code -m} does. */
  Moved move(Watched one);

  /** Puts right its rules and routes; what had to be, or the empty string. */
  String tend(Watched one);

  /** Tells the network where it is. */
  void announce(Watched one);
}
