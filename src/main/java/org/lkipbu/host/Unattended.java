package org.lkipbu.host;

import java.io.IOException;

/** Starts programs that nobody waits for, and whose output nobody reads. */
@FunctionalInterface
public interface Unattended {

  /**
   * Starts a program; it goes on when this process has ended. Its time limit is not looked at.
   *
   * @throws Failure SYSTEM when it cannot be started
   */
  void start(Command command);

  /** Starts them as {@link ProcessCommandRunner} does, with its search path and environment. */
  static Unattended real() {
    return command -> {
      Process process = ProcessCommandRunner.start(command);
      try {
        process.getOutputStream().close();
        process.getInputStream().close();
        process.getErrorStream().close();
      } catch (IOException e) {
        // A pipe less or more; the program has been started.
      }
    };
  }
}
