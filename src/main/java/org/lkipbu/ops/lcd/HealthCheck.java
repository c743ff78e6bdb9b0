package org.lkipbu.ops.lcd;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.Tag;

/** Finds out whether an address is in service and well: the action {@code quickCheck}. */
@FunctionalInterface
public interface HealthCheck {

  /**
   * Checks an instance.
   *
   * @throws Failure UNHEALTHY, saying what is wrong; NOT_FOUND when there is no such instance
   */
  void check(Tag tag);
}
