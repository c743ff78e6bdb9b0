package org.lkipbu.cli.lcd;

import java.io.PrintStream;
import org.lkipbu.cli.ErrorLine;
import org.lkipbu.host.Failure;

/** One command of LifeKeeper's database: its options, and how it hands over to its operation. */
interface Verb {

  /** How it is called. */
  Syntax syntax();

  /** Whether what it is asked for changes the host or the store, which the log then tells. */
  default boolean changes(Given given) {
    return true;
  }

  /**
   * Does it.
   *
   * @param given its command line
   * @param home what it works on
   * @param out gets its result
   * @param errors gets what went wrong without stopping it
   * @return the exit code, 0 unless something went wrong without stopping it
   * @throws Failure what stopped it
   */
  int run(Given given, Home home, PrintStream out, ErrorLine errors);
}
