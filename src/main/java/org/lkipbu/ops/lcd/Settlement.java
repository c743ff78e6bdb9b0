package org.lkipbu.ops.lcd;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.Tag;

/** Finishes or undoes a move that was interrupted, before anything else changes its instance. */
@FunctionalInterface
public interface Settlement {

  /**
   * Settles what is unfinished; the caller holds the instance's lock.
   *
   * @throws Failure when it could not be settled
   */
  void settle(Tag tag);
}
