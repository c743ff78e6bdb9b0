package org.lkipbu.net;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Predicate;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.net.Together.Turn;

/**
 * Runs programs for many threads, and joins the calls of lkipbu's own ipaction that come at the
 * same time into one, {@code ipaction batch}, see {@link Together}. So a hundred addresses that
 * leave a dead interface cost a few calls.
 */
public final class IpActionBatches implements CommandRunner {

  /** The most that one call takes, so that its first do not wait for its last. */
  private static final int MOST = 128;

  private final CommandRunner runner;
  private final String program;
  private final Together<Command, CommandResult> changes =
      new Together<>(1, IpActionBatches::choose, this::change);
  private final Together<Command, CommandResult> announcements =
      new Together<>(1, Together.first(MOST), this::announce);

  /**
   * @param runner runs programs
   * @param home the folder that holds lkipbu's own ipaction
   * @throws Failure SYSTEM when others than root can change it
   */
  public IpActionBatches(CommandRunner runner, Path home) {
    this.runner = runner;
    this.program = TrustedProgram.own(home, "ipaction").toString();
  }

  @Override
  public CommandResult runUntil(Command command, Predicate<String> enough) {
    return runner.runUntil(command, enough);
  }

  @Override
  public CommandResult run(Command command) {
    if (!isOurs(command)) {
      return runner.run(command);
    }
    return switch (command.argv().get(1)) {
      case "move", "restore", "refresh" -> changes.ask(command);
      case "announce" -> announcements.ask(command);
      default -> runner.run(command);
    };
  }

  private boolean isOurs(Command command) {
    return command.argv().get(0).equals(program) && command.argv().size() > 3;
  }

  private static boolean isMove(Command command) {
    return command.argv().get(1).equals("move");
  }

  private static String subject(Command command) {
    return command.argv().get(2);
  }

  /** Moves before everything else, and no address twice. */
  private static List<Turn<Command, CommandResult>> choose(
      List<Turn<Command, CommandResult>> waiting) {
    List<Turn<Command, CommandResult>> chosen = new ArrayList<>();
    Set<String> subjects = new HashSet<>();
    for (boolean moves : new boolean[] {true, false}) {
      for (Turn<Command, CommandResult> one : waiting) {
        boolean fits = chosen.size() < MOST && isMove(one.question()) == moves;
        if (fits && subjects.add(subject(one.question()))) {
          chosen.add(one);
        }
      }
    }
    return chosen;
  }

  private void change(List<Turn<Command, CommandResult>> turns) {
    Command first = turns.get(0).question();
    if (turns.size() == 1) {
      turns.get(0).answer(runner.run(first));
      return;
    }
    List<String> argv = new ArrayList<>(List.of(program, "batch"));
    for (Turn<Command, CommandResult> one : turns) {
      List<String> words = one.question().argv();
      argv.add(String.join(" ", words.subList(1, words.size())));
    }
    handOut(turns, runner.run(first.withArgv(argv)));
  }

  private void announce(List<Turn<Command, CommandResult>> turns) {
    Command first = turns.get(0).question();
    List<String> argv = new ArrayList<>(first.argv().subList(0, 2));
    for (Turn<Command, CommandResult> one : turns) {
      argv.addAll(one.question().argv().subList(2, 4));
    }
    CommandResult result = runner.run(first.withArgv(argv));
    for (Turn<Command, CommandResult> one : turns) {
      one.answer(result);
    }
  }

  /** Each line is {@code ADDRESS/PREFIX STATUS WORDS}; one that is missing was not done. */
  private static void handOut(List<Turn<Command, CommandResult>> turns, CommandResult all) {
    Map<String, CommandResult> results = new HashMap<>();
    StringTokenizer lines = new StringTokenizer(all.out(), "\n");
    while (lines.hasMoreTokens()) {
      String[] words = lines.nextToken().split(" ", 3);
      if (words.length > 1 && isNumber(words[1])) {
        String text = words.length > 2 ? words[2] : "";
        results.put(words[0], new CommandResult(Integer.parseInt(words[1]), text, text));
      }
    }
    CommandResult missing =
        new CommandResult(all.exitCode() == 0 ? 1 : all.exitCode(), "", all.err());
    for (Turn<Command, CommandResult> one : turns) {
      one.answer(results.getOrDefault(subject(one.question()), missing));
    }
  }

  private static boolean isNumber(String word) {
    boolean number = !word.isEmpty() && word.length() < 4;
    for (int i = 0; number && i < word.length(); i++) {
      number = Character.isDigit(word.charAt(i));
    }
    return number;
  }
}
