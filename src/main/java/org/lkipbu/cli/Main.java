package org.lkipbu.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.lkipbu.host.Caller;
import org.lkipbu.host.Failure;
import org.lkipbu.ops.AddBackup.Added;
import org.lkipbu.ops.CheckHealth.Depth;
import org.lkipbu.ops.Health;
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
    try {
      Request request = Arguments.parse(args);
      if (request.operation() == Operation.HELP) {
        return print(HelpText.of(Options.commandLine()), out);
      }
      if (request.operation() == Operation.VERSION) {
        return print("lkipbu " + version() + "\n", out);
      }
      try (Application application = new Application(environment)) {
        Elsewhere elsewhere = new Elsewhere(application);
        if (elsewhere.isMeant(request)) {
          int code = elsewhere.run(request, out, err);
          print("", out);
          return code;
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
      return print(perform(request, application, errors), out);
    } catch (RuntimeException e) {
      return errors.report(e);
    }
  }

  private static String perform(Request request, Application application, ErrorLine errors) {
    switch (request.operation()) {
      case STATUS:
        Status status = application.showStatus().run(request.tag());
        sayInterrupted(status.interrupted(), request, errors);
        return TextRenderer.status(status);
      case ADD:
        Added added =
            application.addBackup(request.tag()).run(request.tag(), request.interfaceName());
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
      case REMOVE:
        application.removeBackup(request.tag()).run(request.tag(), request.interfaceName());
        return "";
      case MOVE:
        return TextRenderer.moved(application.moveToBackup(request.tag()).run(request.tag()));
      case PROTECT:
        return new ProtectCommand(application).protect(request);
      case UNPROTECT:
        return new ProtectCommand(application).unprotect(request, errors);
      case CHECK:
        return check(request, application, errors);
      case RECOVER:
        return TextRenderer.recovered(application.recover(request.tag()).run(request.tag()));
      case WATCH:
        new WatchCommand(application).run(request, errors.stream());
        return "";
      case REPAIR:
        return TextRenderer.repaired(
            request.tag() == null
                ? application.repairMoves().runAll()
                : application.repairMoves().run(request.tag()).map(List::of).orElse(List.of()));
      default:
        throw new IllegalStateException(request.operation().name());
    }
  }

  private static String check(Request request, Application application, ErrorLine errors) {
    Depth depth = request.quick() ? Depth.QUICK : Depth.FULL;
    Health health = application.checkHealth(request.tag()).run(request.tag(), depth);
    sayInterrupted(health.interrupted(), request, errors);
    return TextRenderer.health(health.orFail());
  }

  private static void sayInterrupted(boolean interrupted, Request request, ErrorLine errors) {
    if (interrupted) {
      errors.say("a move was interrupted: run lkipbu --repair -t " + request.tag().value());
    }
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
