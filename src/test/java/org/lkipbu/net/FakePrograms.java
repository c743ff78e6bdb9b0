package org.lkipbu.net;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;

/** Programs that answer what a test wants, and remember how they were called. */
final class FakePrograms implements CommandRunner {

  private final Map<String, CommandResult> answers = new HashMap<>();
  private final List<String> calls = new ArrayList<>();

  /** Answers every call whose words, and after a {@code <} what it reads, begin so. */
  FakePrograms answer(String beginning, int exitCode, String out, String err) {
    answers.put(beginning, new CommandResult(exitCode, out, err));
    return this;
  }

  /** The calls, each with its words separated by spaces. */
  List<String> calls() {
    return calls;
  }

  @Override
  public synchronized CommandResult run(Command command) {
    String words = String.join(" ", command.argv());
    if (!command.input().isEmpty()) {
      words += " < " + command.input();
    }
    calls.add(words);
    String best = null;
    for (String beginning : answers.keySet()) {
      if (words.startsWith(beginning) && (best == null || beginning.length() > best.length())) {
        best = beginning;
      }
    }
    if (best == null) {
      throw new Failure(
          Failure.Kind.SYSTEM, "the program " + words + " is not installed", "install it");
    }
    return answers.get(best);
  }

  @Override
  public CommandResult runUntil(Command command, Predicate<String> enough) {
    CommandResult result = run(command);
    for (String line : result.out().split("\n")) {
      if (enough.test(line)) {
        break;
      }
    }
    return result;
  }
}
