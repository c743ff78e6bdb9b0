package org.lkipbu.cli.lcd;

import java.io.PrintStream;
import org.lkipbu.cli.ErrorLine;
import org.lkipbu.host.Caller;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.Quoted;
import org.lkipbu.instance.Tag;
import org.lkipbu.ops.CheckHealth.Depth;

/**
 * {@code perform_action}. Its flags and the arguments after {@code --} are taken and have nothing
 * to act on: an address has no dependencies, and its actions no arguments.
 */
final class Perform implements Verb {

  @Override
  public Syntax syntax() {
    return new Syntax(
        "perform_action",
        "Gsbnt:a:",
        "ta",
        "[-G] [-s] [-b] [-n] -t tag -a {restore|remove|quickCheck} [-- arg ...]",
        true);
  }

  @Override
  public boolean changes(Given given) {
    return !given.required('a').equals("quickCheck");
  }

  @Override
  public int run(Given given, Home home, PrintStream out, ErrorLine errors) {
    String action = given.required('a');
    Tag tag = given.tag();
    switch (action) {
      case "restore" -> {
        requireRoot();
        home.performAction(tag).restore(tag);
      }
      case "remove" -> {
        requireRoot();
        home.performAction(tag).remove(tag);
      }
      case "quickCheck" -> {
        requireRoot();
        home.checkHealth(tag).run(tag, Depth.FULL).orFail();
      }
      default ->
          throw new Failure(
              Failure.Kind.ILLEGAL,
              "-a " + Quoted.of(action) + " is not an action",
              "use restore, remove or quickCheck");
    }
    return 0;
  }

  private static void requireRoot() {
    if (!Caller.isRoot()) {
      throw new Failure(
          Failure.Kind.SYSTEM, "only root may change a protected address", "run it as root");
    }
  }
}
