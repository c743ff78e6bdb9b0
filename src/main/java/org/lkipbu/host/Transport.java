package org.lkipbu.host;

import java.util.List;

/** A program of this host that runs a command line on another machine. */
public interface Transport {

  /**
   * The argument vector that does it.
   *
   * @param machine where
   * @param words the command line there, each word quoted already for a POSIX shell, which the
   *     other side runs them through
   */
  List<String> argv(MachineName machine, List<String> words);
}
