package org.lkipbu.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lkipbu.host.Failure;
import org.lkipbu.host.MachineName;
import org.lkipbu.host.PlainText;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.MaskedAddress;
import org.lkipbu.instance.Quoted;
import org.lkipbu.instance.Tag;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns the command line into a request, or says in one line what is wrong with it. */
final class Arguments {

  private static final String ADVICE = "see lkipbu --help";
  private static final int SHOWN = 100;

  private Arguments() {}

  /**
   * Reads a command line.
   *
   * @throws Failure USAGE when it is none, then ILLEGAL when a value's syntax is wrong
   */
  static Request parse(String[] args) {
    ParseResult result;
    try {
      result = Options.commandLine().parseArgs(args);
    } catch (ParameterException e) {
      throw usage(problem(e));
    }
    if (result.hasMatchedOption(Options.HELP)) {
      return Request.bare(Operation.HELP);
    }
    if (result.hasMatchedOption(Options.VERSION)) {
      return Request.bare(Operation.VERSION);
    }
    Operation operation = operation(result);
    String[] tags = result.matchedOptionValue(Options.TAG, new String[0]);
    String tag = tags.length == 0 ? null : tags[0];
    if (tags.length > 1 && operation != Operation.WATCH) {
      throw usage("an option is given twice, -t");
    }
    String interfaceName = value(result, Options.INTERFACE);
    String machine = value(result, Options.DESTINATION);
    require(operation.tag(), tag, operation, "tag", "-t");
    require(operation.interfaceName(), interfaceName, operation, "interface", "-f");
    if (operation == Operation.EVACUATE) {
      interfaceName = value(result, Options.EVACUATE);
    }
    if (machine != null && operation == Operation.WATCH) {
      throw usage("-d does not go with --watch");
    }
    return new Request(
        operation,
        tag == null ? null : new Tag(tag),
        interfaceName == null ? null : new InterfaceName(interfaceName),
        machine == null ? null : new MachineName(machine),
        operation == Operation.PROTECT ? MaskedAddress.parse(value(result, Options.PROTECT)) : null,
        modifiers(result, operation),
        all(tags),
        words(result));
  }

  private static List<Tag> all(String[] tags) {
    List<Tag> all = new ArrayList<>(tags.length);
    for (String tag : tags) {
      all.add(new Tag(tag));
    }
    return all;
  }

  private static Set<Modifier> modifiers(ParseResult result, Operation operation) {
    Set<Modifier> given = EnumSet.noneOf(Modifier.class);
    for (Modifier one : Modifier.values()) {
      if (result.hasMatchedOption(one.option())) {
        if (!one.goesWith(operation)) {
          throw usage(one.option() + " does not go with " + operation.option());
        }
        given.add(one);
      }
    }
    return given;
  }

  /** Whether errors are to be shown with all that is known; asked before anything is parsed. */
  static boolean askForDebug(String[] args) {
    for (String arg : args) {
      if (arg.equals("--")) {
        return false;
      }
      if (arg.equals(Options.DEBUG)) {
        return true;
      }
    }
    return false;
  }

  /** Everything that was given but {@code -d}, by its longest name. */
  private static List<String> words(ParseResult result) {
    List<String> words = new ArrayList<>();
    if (!result.hasMatchedOption(Options.DESTINATION)) {
      return words;
    }
    for (OptionSpec option : result.matchedOptions()) {
      String name = option.longestName();
      if (option.arity().max() == 0) {
        words.add(name);
      } else if (!name.equals(Options.DESTINATION)) {
        for (String value : option.originalStringValues()) {
          words.add(name + "=" + value);
        }
      }
    }
    return words;
  }

  private static Operation operation(ParseResult result) {
    Operation found = null;
    for (Operation one : Operation.values()) {
      if (result.hasMatchedOption(one.option())) {
        if (found != null) {
          throw usage("more than one operation is given");
        }
        found = one;
      }
    }
    if (found == null) {
      throw usage("no operation is given, one of -a, -r, -m, -s");
    }
    return found;
  }

  private static void require(
      Operation.Use use, String value, Operation operation, String what, String option) {
    if (use == Operation.Use.NEEDED && value == null) {
      throw usage("no " + what + " is given, " + option);
    }
    if (use == Operation.Use.NONE && value != null) {
      throw usage(option + " does not go with " + operation.option());
    }
  }

  private static String value(ParseResult result, String option) {
    return result.matchedOptionValue(option, null);
  }

  private static String problem(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> words = unmatched.getUnmatched();
      return "unknown argument " + Quoted.of(words.isEmpty() ? "" : words.get(0));
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return "a value is missing after " + name(missing.getMissing().get(0));
    }
    if (e instanceof OverwrittenOptionException overwritten) {
      return "an option is given twice, " + name(overwritten.getOverwritten());
    }
    String message = PlainText.of(String.valueOf(e.getMessage()));
    return message.length() > SHOWN ? message.substring(0, SHOWN) + "..." : message;
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.shortestName() : "an option";
  }

  private static Failure usage(String problem) {
    return new Failure(Failure.Kind.USAGE, problem, ADVICE);
  }
}
