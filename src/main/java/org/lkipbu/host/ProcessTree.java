package org.lkipbu.host;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends a process together with everything that it started. */
final class ProcessTree {

  private static final int ROUNDS = 3;
  private static final long REAP_MILLIS = 1000;

  private ProcessTree() {}

  /**
   * Kills the descendants and the process itself. The list is taken before the parent dies, because
   * orphans are nobody's descendants any more, and taken again in case one forked meanwhile.
   */
  static void end(Process process) {
    ProcessHandle handle = process.toHandle();
    for (int round = 0; round < ROUNDS; round++) {
      List<ProcessHandle> descendants = handle.descendants().toList();
      if (descendants.isEmpty()) {
        break;
      }
      for (ProcessHandle descendant : descendants) {
        descendant.destroyForcibly();
      }
    }
    process.destroyForcibly();
    try {
      process.waitFor(REAP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
