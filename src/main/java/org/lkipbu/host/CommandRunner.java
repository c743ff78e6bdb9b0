package org.lkipbu.host;

import java.util.function.Predicate;

/** Runs programs of the host. */
public interface CommandRunner {

  /**
   * Runs a program to its end.
   *
   * @throws Failure of kind SYSTEM when it cannot be started or passes its time limit; the message
   *     names the command and the limit
   */
  CommandResult run(Command command);

  /**
   * Runs a program and hands over each line of its stdout as it comes, until {@code enough} says
   * true; then the program is ended and what was read so far is the result. It is for programs that
   * start no others, such as ping: looking for a whole process tree takes longer than the answer.
   *
   * @throws Failure as {@link #run(Command)}, but a passed limit is an ordinary end here: the
   *     result has what was read until then
   */
  CommandResult runUntil(Command command, Predicate<String> enough);
}
