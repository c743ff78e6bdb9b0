package org.lkipbu.watch;

import java.util.Optional;
import org.lkipbu.instance.InterfaceName;

/**
 * Decides when an address returns to the interface that an administrator last chose: when that has
 * been healthy without a break for a while.
 */
final class Failback {

  private final long healthyNanos;
  private InterfaceName candidate;
  private long since;

  /**
   * @param healthyNanos how long the interface must have been healthy
   */
  Failback(long healthyNanos) {
    this.healthyNanos = healthyNanos;
  }

  /**
   * Looks at the moment.
   *
   * @param chosen the interface that an administrator last chose
   * @param primary where the address is
   * @param backup where it can go
   * @param healthy whether the backup has link and its last probe was good
   * @return whether the address should return now
   */
  boolean due(
      InterfaceName chosen,
      InterfaceName primary,
      Optional<InterfaceName> backup,
      boolean healthy,
      long now) {
    if (!healthy || chosen.equals(primary) || !backup.equals(Optional.of(chosen))) {
      candidate = null;
      return false;
    }
    if (!chosen.equals(candidate)) {
      candidate = chosen;
      since = now;
    }
    return now - since >= healthyNanos;
  }

  /** An attempt was made: the time begins anew. */
  void tried() {
    candidate = null;
  }
}
