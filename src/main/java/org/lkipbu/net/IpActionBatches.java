package org.lkipbu.net;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;

/**
 * Runs programs for many threads, and joins the calls of lkipbu's own ipaction that come at the
 * same time into one, {@code ipaction batch}. Who comes first goes at once and alone; those who
 * come meanwhile go together after it. So a hundred addresses that leave a dead interface cost a
 * few calls, and one alone waits for nothing.
 */
public final class IpActionBatches implements CommandRunner {

  /** The most that one call takes, so that its first do not wait for its last. */
  private static final int MOST = 32;

  private final CommandRunner runner;
  private final String program;
  private final List<Order> waiting = new ArrayList<>();
  private boolean busy;

  /** A call that waits: it gets its result, or others to make the call for. */
  private static final class Order {
    private final Command command;
    private final CompletableFuture<CommandResult> result = new CompletableFuture<>();
    private List<Order> together;

    private Order(Command command) {
      this.command = command;
    }

    private String subject() {
      return command.argv().get(2);
    }

    private boolean isMove() {
      return command.argv().get(1).equals("move");
    }

    private String line() {
      return String.join(" ", command.argv().subList(1, command.argv().size()));
    }
  }

  /**
   * @param runner runs programs
   * @param home the folder that holds lkipbu's own ipaction
   * @throws Failure SYSTEM when others than root can change it
   */
  public IpActionBatches(CommandRunner runner, Path home) {
    this.runner = runner;
    this.program = TrustedProgram.own(home).toString();
  }

  @Override
  public CommandResult runUntil(Command command, Predicate<String> enough) {
    return runner.runUntil(command, enough);
  }

  @Override
  public CommandResult run(Command command) {
    if (!joins(command)) {
      return runner.run(command);
    }
    Order order = new Order(command);
    synchronized (this) {
      if (busy) {
        waiting.add(order);
      } else {
        busy = true;
        order.together = List.of(order);
      }
    }
    if (order.together == null) {
      awaitTurn(order);
    }
    if (order.together != null) {
      try {
        runTogether(order.together);
      } finally {
        next();
      }
    }
    try {
      return order.result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Failure failure ? failure : e;
    }
  }

  private boolean joins(Command command) {
    List<String> argv = command.argv();
    return argv.get(0).equals(program)
        && argv.size() > 3
        && (argv.get(1).equals("move") || argv.get(1).equals("refresh"));
  }

  private synchronized void awaitTurn(Order order) {
    try {
      while (order.together == null && !order.result.isDone()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (!waiting.remove(order) && order.together != null) {
        // It is this one's turn to run for others; they are not forgotten.
        return;
      }
      order.result.completeExceptionally(
          new Failure(Failure.Kind.SYSTEM, "ipaction was interrupted", "run it again", e));
    }
  }

  /** Chooses who goes next, moves before everything else, and wakes the one who runs it for all. */
  private synchronized void next() {
    List<Order> chosen = new ArrayList<>();
    Set<String> subjects = new HashSet<>();
    choose(chosen, subjects, true);
    choose(chosen, subjects, false);
    if (chosen.isEmpty()) {
      busy = false;
    } else {
      chosen.get(0).together = chosen;
    }
    notifyAll();
  }

  private void choose(List<Order> chosen, Set<String> subjects, boolean moves) {
    for (Iterator<Order> each = waiting.iterator(); each.hasNext() && chosen.size() < MOST; ) {
      Order one = each.next();
      if (one.isMove() == moves && subjects.add(one.subject())) {
        chosen.add(one);
        each.remove();
      }
    }
  }

  private void runTogether(List<Order> orders) {
    try {
      if (orders.size() == 1) {
        orders.get(0).result.complete(runner.run(orders.get(0).command));
      } else {
        Command first = orders.get(0).command;
        List<String> argv = new ArrayList<>(List.of(program, "batch"));
        for (Order one : orders) {
          argv.add(one.line());
        }
        handOut(orders, runner.run(new Command(argv, first.limit(), first.environment())));
      }
    } catch (RuntimeException | Error e) {
      for (Order one : orders) {
        one.result.completeExceptionally(e);
      }
    } finally {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Each line is {@code ADDRESS/PREFIX STATUS WORDS}; one that is missing was not done. */
  private static void handOut(List<Order> orders, CommandResult all) {
    StringTokenizer lines = new StringTokenizer(all.out(), "\n");
    while (lines.hasMoreTokens()) {
      String[] words = lines.nextToken().split(" ", 3);
      for (Order one : orders) {
        if (words.length > 1 && one.subject().equals(words[0]) && isNumber(words[1])) {
          String text = words.length > 2 ? words[2] : "";
          one.result.complete(new CommandResult(Integer.parseInt(words[1]), text, text));
        }
      }
    }
    for (Order one : orders) {
      one.result.complete(
          new CommandResult(all.exitCode() == 0 ? 1 : all.exitCode(), "", all.err()));
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
