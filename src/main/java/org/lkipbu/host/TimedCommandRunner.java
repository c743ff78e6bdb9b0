package org.lkipbu.host;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Runs programs that all have to end by one deadline: each gets its own limit, the most that any
 * may take, or what is left, whichever is least. After the deadline each still gets the least time,
 * since what was begun may have to be undone.
 */
public final class TimedCommandRunner implements CommandRunner {

  private final CommandRunner runner;
  private final Deadline deadline;
  private final Duration most;
  private final Duration least;

  /**
   * @param runner runs them
   * @param deadline when all is to have ended
   * @param most how long any of them may take
   * @param least how long each may take in any case
   */
  public TimedCommandRunner(
      CommandRunner runner, Deadline deadline, Duration most, Duration least) {
    this.runner = runner;
    this.deadline = deadline;
    this.most = most;
    this.least = least;
  }

  @Override
  public CommandResult run(Command command) {
    return runner.run(timed(command));
  }

  @Override
  public CommandResult runUntil(Command command, Predicate<String> enough) {
    return runner.runUntil(timed(command), enough);
  }

  private Command timed(Command command) {
    Duration limit = deadline.atMost(most);
    limit = limit.compareTo(least) < 0 ? least : limit;
    return command.limit().compareTo(limit) <= 0 ? command : command.withLimit(limit);
  }
}
