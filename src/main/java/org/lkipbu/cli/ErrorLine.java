package org.lkipbu.cli;

import java.io.PrintStream;
import org.lkipbu.host.Failure;
import org.lkipbu.host.PlainText;
import org.lkipbu.instance.Tag;

/** Says on one line of stderr what went wrong, and gives the exit code for it. */
public final class ErrorLine {

  private final PrintStream err;
  private final boolean debug;

  /** Errors to a stream, with stack traces where they are asked for. */
  public ErrorLine(PrintStream err, boolean debug) {
    this.err = err;
    this.debug = debug;
  }

  /** Reports an exception and returns the exit code: a Failure's own, else that of a bug. */
  public int report(Throwable e) {
    Failure.Kind kind;
    if (e instanceof Failure failure) {
      kind = failure.kind();
      say(failure.problem() + (failure.advice().isEmpty() ? "" : ": " + failure.advice()));
    } else {
      kind = Failure.Kind.INTERNAL;
      say("internal error, " + e + ": report it with what --debug shows");
    }
    if (debug) {
      e.printStackTrace(err);
    }
    return kind.exitCode();
  }

  /** Where the lines go. */
  PrintStream stream() {
    return err;
  }

  /** A line that is no error. */
  public void say(String message) {
    err.println("lkipbu: " + PlainText.of(message));
  }

  /** Says that a move of an instance was interrupted. */
  void interrupted(Tag tag) {
    say("a move was interrupted: run lkipbu --repair -t " + tag);
  }

  /** A question, whose answer goes on the same line. */
  void ask(String question) {
    err.print("lkipbu: " + PlainText.of(question));
    err.flush();
  }
}
