package org.lkipbu.cli.lcd;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lkipbu.cli.ErrorLine;
import org.lkipbu.host.Failure;
import org.lkipbu.host.MachineName;
import org.lkipbu.host.ThisMachine;

/**
 * The commands of LifeKeeper's database on a host without LifeKeeper: the first argument names the
 * command, the others are its own.
 */
public final class LcdMain {

  private static final List<Verb> VERBS =
      List.of(
          new InsCreate(),
          new InsList(),
          new InsRemove(),
          new InsSetInfo(),
          new InsSetState(),
          new Perform());

  private LcdMain() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    // System.out sends every line on its own, which ten thousand instances would feel.
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
            false,
            StandardCharsets.US_ASCII);
    System.exit(run(args, System.getenv(), out, System.err));
  }

  /**
   * Runs the command.
   *
   * @param args its name and its arguments
   * @param environment the variables
   * @param out gets the result alone
   * @param err gets one line for an error
   * @return the exit code
   */
  public static int run(
      String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    ErrorLine errors = new ErrorLine(err, false);
    try {
      Verb verb = verb(args);
      String[] rest = Arrays.copyOfRange(args, 1, args.length);
      if (rest.length == 1 && rest[0].equals("--help")) {
        out.println(verb.syntax().usage());
        out.flush();
        return 0;
      }
      int code = run(verb, rest, environment, out, errors);
      out.flush();
      if (out.checkError()) {
        throw new Failure(Failure.Kind.SYSTEM, "cannot write to stdout", "see where it leads");
      }
      return code;
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      out.flush();
      return errors.report(e);
    }
  }

  private static int run(
      Verb verb,
      String[] words,
      Map<String, String> environment,
      PrintStream out,
      ErrorLine errors) {
    Given given = verb.syntax().parse(words);
    requireHere(given.optional('d'));
    try (Home home = new Home(environment)) {
      int code = verb.run(given, home, out, errors);
      if (code == 0 && verb.changes(given)) {
        home.systemLog().done(verb.syntax().verb() + " " + String.join(" ", words));
      }
      return code;
    }
  }

  private static Verb verb(String[] args) {
    for (Verb verb : VERBS) {
      if (args.length > 0 && verb.syntax().verb().equals(args[0])) {
        return verb;
      }
    }
    throw new Failure(Failure.Kind.USAGE, "no such command", "see lkipbu-lcd(8)");
  }

  private static void requireHere(Optional<String> machine) {
    if (machine.isPresent() && !new ThisMachine().isNamed(new MachineName(machine.get()))) {
      throw new Failure(
          Failure.Kind.UNREACHABLE,
          "machine " + machine.get() + " has its own instances, not reached from here",
          "run the command on it");
    }
  }
}
