package org.lkipbu.host;

import java.util.Objects;

/**
 * What went wrong, in the one line that the user reads, with the exit code that scripts read.
 *
 * <p>Every expected error of lkipbu is a Failure; any other exception that reaches {@code main} is
 * a bug and ends as {@link Kind#INTERNAL}. The message says what is wrong, the advice what to do.
 */
public final class Failure extends RuntimeException {

  /** The exit codes: LCDI's own table (LCDI-instances(1M)), extended above it. */
  public enum Kind {
    /** The operating system refused: a command could not run, I/O, permission. */
    SYSTEM(1),
    /** The command line is wrong. */
    USAGE(2),
    /** A bug. */
    INTERNAL(3),
    /** The object, or the backup interface, is already there. */
    EXISTS(4),
    /** An argument is illegal: interface, tag, machine, malformed INFO. */
    ILLEGAL(5),
    /** A value is out of range (LCDI only). */
    OUT_OF_RANGE(6),
    /** No such object. */
    NOT_FOUND(7),
    /** Other objects depend on it (LCDI only). */
    IN_USE(8),
    /** Another system could not be reached. */
    UNREACHABLE(9),
    /** The move was refused or failed; the address is configured where it came from. */
    MOVE_FAILED(10),
    /** The move failed and the address is configured nowhere. */
    ADDRESS_LOST(11),
    /** Another operation held the instance longer than the lock wait. */
    BUSY(12),
    /** {@code --check}: the address is not healthy. */
    UNHEALTHY(13);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of the process. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;
  private final String advice;

  /** A failure with what is wrong and what to do about it. */
  public Failure(Kind kind, String problem, String advice) {
    this(kind, problem, advice, null);
  }

  /** A failure that another exception caused; the cause is shown only with {@code --debug}. */
  public Failure(Kind kind, String problem, String advice, Throwable cause) {
    super(problem, cause);
    this.kind = Objects.requireNonNull(kind);
    this.advice = Objects.requireNonNull(advice);
  }

  /** What kind of failure it is; decides the exit code. */
  public Kind kind() {
    return kind;
  }

  /** What is wrong. */
  public String problem() {
    return getMessage();
  }

  /** What the user can do about it. */
  public String advice() {
    return advice;
  }
}
