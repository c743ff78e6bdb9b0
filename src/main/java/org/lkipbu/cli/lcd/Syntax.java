package org.lkipbu.cli.lcd;

import org.lkipbu.host.Failure;
import org.lkipbu.host.PlainText;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * The command line of a verb, read as getopt(3) reads it: flags bundle, a value follows its option
 * or is attached to it and may begin with {@code -}.
 *
 * @param verb the verb's name
 * @param letters the options as getopt takes them: a colon follows one that has a value
 * @param required the options that must be there
 * @param synopsis the options as people read them
 * @param operands whether words may follow {@code --}
 */
record Syntax(String verb, String letters, String required, String synopsis, boolean operands) {

  private static final int MAX_PROBLEM = 120;

  /** The line that says how the verb is called. */
  String usage() {
    return "usage: " + verb + " " + synopsis;
  }

  /**
   * Reads a command line.
   *
   * @throws Failure USAGE when it is wrong
   */
  Given parse(String[] args) {
    try {
      Given given = new Given(commandLine().parseArgs(args), usage());
      for (int i = 0; i < required.length(); i++) {
        given.required(required.charAt(i));
      }
      return given;
    } catch (ParameterException e) {
      String problem = PlainText.of("wrong command line, " + e.getMessage());
      boolean tooLong = problem.length() > MAX_PROBLEM;
      throw new Failure(
          Failure.Kind.USAGE,
          tooLong ? problem.substring(0, MAX_PROBLEM) + "..." : problem,
          usage());
    }
  }

  private CommandLine commandLine() {
    CommandSpec spec = CommandSpec.create().name(verb);
    for (int i = 0; i < letters.length(); i++) {
      boolean takesValue = i + 1 < letters.length() && letters.charAt(i + 1) == ':';
      spec.addOption(
          OptionSpec.builder("-" + letters.charAt(i))
              .type(takesValue ? String.class : boolean.class)
              .arity(takesValue ? "1" : "0")
              .paramLabel("value")
              .build());
      i += takesValue ? 1 : 0;
    }
    if (operands) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .type(String[].class)
              .arity("0..*")
              .paramLabel("argument")
              .build());
    }
    return new CommandLine(spec)
        .setExpandAtFiles(false)
        .setInterpolateVariables(false)
        .setAllowOptionsAsOptionParameters(true)
        .setSeparator(" ");
  }
}
