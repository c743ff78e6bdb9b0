package org.lkipbu.cli;

import org.lkipbu.host.Failure;
import org.lkipbu.host.SystemLog;

/** Writes to the host's log what a command has changed. */
final class ChangeLog {

  private final SystemLog log;

  ChangeLog(SystemLog log) {
    this.log = log;
  }

  /** Logs what was done: the lines of the outcome, or the request where it has none to say. */
  void done(Request request, Outcome outcome) {
    switch (request.operation()) {
      case ADD -> log.done(asked(request) + ": " + request.interfaceName() + " is the backup now");
      case REMOVE ->
          log.done(asked(request) + ": " + request.interfaceName() + " is the backup no more");
      case MOVE, PROTECT, UNPROTECT, REPAIR, RECOVER, EVACUATE -> {
        for (String line : outcome.text().split("\n")) {
          if (!line.isEmpty()) {
            log.done(asked(request) + ": " + line);
          }
        }
      }
      default -> {}
    }
  }

  /** Whether a failure is one of the host's and not of the command line: then it is logged. */
  static boolean isWorthALine(Request request, Exception e) {
    return e instanceof Failure failure
        && request.operation().changes()
        && request.operation() != Operation.CHECK
        && !request.has(Modifier.DRY_RUN)
        && (failure.kind() == Failure.Kind.MOVE_FAILED
            || failure.kind() == Failure.Kind.ADDRESS_LOST
            || failure.kind() == Failure.Kind.UNHEALTHY);
  }

  /** Logs a change that failed. */
  void failed(Request request, Failure failure) {
    log.failed(asked(request) + ": " + failure.problem() + ": " + failure.advice());
  }

  private static String asked(Request request) {
    return "lkipbu "
        + request.operation().option()
        + (request.tag() == null ? "" : " " + request.tag());
  }
}
