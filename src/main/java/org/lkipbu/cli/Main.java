package org.lkipbu.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lkipbu.host.Caller;
import org.lkipbu.host.Failure;
import org.lkipbu.host.Terminal;
import org.lkipbu.net.Interfaces;
import org.lkipbu.ops.AddBackup.Added;
import org.lkipbu.ops.CheckHealth.Depth;
import org.lkipbu.ops.Health;
import org.lkipbu.ops.MoveToBackup.Moved;
import org.lkipbu.ops.ShowStatus.Status;

/** The command lkipbu. */
public final class Main {

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    int code = run(args, System.getenv(), System.out, System.err);
    System.exit(code);
  }

  /**
   * Runs the command.
   *
   * @param args the command line
   * @param environment the variables
   * @param out gets the result alone
   * @param err gets one line for an error
   * @return the exit code
   */
  public static int run(
      String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    ErrorLine errors = new ErrorLine(err, Arguments.askForDebug(args));
    Interfaces interfaces = new Interfaces();
    if (Arrays.asList(args).contains("-s")) {
      // Only a guess: the command line has not been read yet.
      interfaces = interfaces.ahead();
    }
    try {
      Request request = Arguments.parse(args);
      if (request.operation() == Operation.HELP) {
        return print(HelpText.of(Options.commandLine()), out);
      }
      if (request.operation() == Operation.VERSION) {
        return print("lkipbu " + version() + "\n", out);
      }
      try (Application application =
          new Application(environment, around(request, environment, err), interfaces)) {
        if (request.machine() != null) {
          Elsewhere elsewhere = new Elsewhere(application);
          if (elsewhere.isMeant(request)) {
            int code = elsewhere.run(request, out, err);
            print("", out);
            return code;
          }
        }
        requireRoot(request.operation());
        return run(request, application, out, errors);
      }
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      return errors.report(e);
    }
  }

  /** Runs within the application, so that a signal waits until the outcome has been said. */
  private static int run(
      Request request, Application application, PrintStream out, ErrorLine errors) {
    try {
      Outcome outcome = perform(request, application, errors);
      try {
        print(outcome.text(), out);
      } finally {
        if (request.operation().changes() && !request.has(Modifier.DRY_RUN)) {
          new ChangeLog(application.systemLog()).done(request, outcome);
        }
      }
      return outcome.exitCode();
    } catch (RuntimeException e) {
      if (ChangeLog.isWorthALine(request, e)) {
        new ChangeLog(application.systemLog()).failed(request, (Failure) e);
      }
      return errors.report(e);
    }
  }

  /** Somebody at a terminal sees what goes on; a script, a pipe and a log file get nothing more. */
  private static Around around(Request request, Map<String, String> environment, PrintStream err) {
    boolean watched =
        request.operation().changes()
            && request.operation() != Operation.CHECK
            && request.operation() != Operation.WATCH
            && !request.has(Modifier.DRY_RUN)
            && err == System.err
            && Terminal.isStderr();
    return watched ? new Progress(err, Colours.of(environment, true)) : Around.NOTHING;
  }

  /** Does what is asked for, within an application. */
  static Outcome perform(Request request, Application application, ErrorLine errors) {
    if (request.has(Modifier.DRY_RUN)) {
      return new DryRun(application).run(request, errors);
    }
    switch (request.operation()) {
      case STATUS:
        return Outcome.of(status(request, application, errors));
      case LIST:
        return new ViewCommand(application).list(request, errors);
      case ADD:
        return Outcome.of(add(request, application, errors));
      case REMOVE:
        application.removeBackup(request.tag()).run(request.tag(), request.interfaceName());
        return Outcome.of("");
      case MOVE:
        MoveNote note = new MoveNote(application.lastMoves());
        Moved moved = application.moveToBackup(request.tag()).run(request.tag());
        return Outcome.of(TextRenderer.moved(note.moved(request.tag(), moved, "lkipbu -m")));
      case DOCTOR:
        return new DoctorCommand(application).run(request);
      case EVACUATE:
        return new EvacuateCommand(application).run(request, errors);
      case PROTECT:
        return Outcome.of(new ProtectCommand(application).protect(request));
      case UNPROTECT:
        return Outcome.of(new ProtectCommand(application).unprotect(request, errors));
      case CHECK:
        return check(request, application, errors);
      case RECOVER:
        return Outcome.of(
            TextRenderer.recovered(
                new MoveNote(application.lastMoves())
                    .recovered(application.recover(request.tag()).run(request.tag()))));
      case WATCH:
        new WatchCommand(application).run(request, errors.stream());
        return Outcome.of("");
      case REPAIR:
        return Outcome.of(
            TextRenderer.repaired(
                request.tag() == null
                    ? application.repairMoves().runAll()
                    : application
                        .repairMoves()
                        .run(request.tag())
                        .map(List::of)
                        .orElse(List.of())));
      default:
        throw new IllegalStateException(request.operation().name());
    }
  }

  private static String status(Request request, Application application, ErrorLine errors) {
    if (request.has(Modifier.JSON)) {
      return new ViewCommand(application).status(request, errors);
    }
    Status status = application.showStatus().run(request.tag());
    if (status.interrupted()) {
      errors.interrupted(request.tag());
    }
    return TextRenderer.status(status);
  }

  private static String add(Request request, Application application, ErrorLine errors) {
    Added added = application.addBackup(request.tag()).run(request.tag(), request.interfaceName());
    if (added.backupTakesLess()) {
      errors.say(
          "warning, the MTU of "
              + request.interfaceName()
              + " is "
              + added.backupMtu()
              + ", that of the primary "
              + added.primaryMtu()
              + ": make them equal, or large packets are lost after a move");
    }
    return "";
  }

  private static Outcome check(Request request, Application application, ErrorLine errors) {
    Depth depth = request.has(Modifier.QUICK) ? Depth.QUICK : Depth.FULL;
    Health health = application.checkHealth(request.tag()).run(request.tag(), depth);
    if (health.interrupted()) {
      errors.interrupted(request.tag());
    }
    if (request.has(Modifier.JSON)) {
      return new ViewCommand(application).health(health, errors);
    }
    return Outcome.of(TextRenderer.health(health.orFail()));
  }

  private static void requireRoot(Operation operation) {
    if (operation.changes() && !Caller.isRoot()) {
      throw new Failure(
          Failure.Kind.SYSTEM, "only root may change a protected address", "run it as root");
    }
  }

  private static int print(String text, PrintStream out) {
    out.print(text);
    out.flush();
    if (out.checkError()) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot write to stdout", "see where it leads");
    }
    return 0;
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
