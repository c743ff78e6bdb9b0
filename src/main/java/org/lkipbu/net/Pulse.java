package org.lkipbu.net;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.net.Together.Turn;

/**
 * The cheapest sign of life: one system that has answered an address before is asked again. Used by
 * many threads, whose questions go together where they come at the same time, see {@link Together}.
 */
public final class Pulse {

  /** As many pings at once do not keep one another waiting for longer than a reply takes. */
  private static final int MOST = 64;

  /** One silent system keeps its call under way; others are not to wait for it. */
  private static final int LANES = 4;

  /** How much longer than its pings a call may take. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final CommandRunner runner;
  private final String program;
  private final Duration patience;
  private final Together<Question, Boolean> calls =
      new Together<>(LANES, Together.first(MOST), this::call);

  private record Question(ProtectedAddress from, InetAddress witness) {}

  /**
   * @param runner runs ping
   * @param home the folder that holds the program {@code echoes}
   * @param patience how long silence is listened to
   * @throws Failure SYSTEM when others than root can change that program
   */
  public Pulse(CommandRunner runner, Path home, Duration patience) {
    this.runner = runner;
    this.program = TrustedProgram.own(home, "echoes").toString();
    this.patience = patience;
  }

  /** The system that a proof names, where it can be asked again. */
  public static Optional<InetAddress> witness(Proof proof) {
    return switch (proof.kind()) {
      case BROADCAST, PING_LIST, NEIGHBOUR_ECHO ->
          Optional.ofNullable(Addresses.parsed(proof.witness()));
      case LINK_LAYER, LINK_ONLY -> Optional.empty();
    };
  }

  /**
   * Whether the system answers an echo from the address that takes the way of every reply.
   *
   * @throws Failure SYSTEM when ping cannot be run
   */
  public boolean answers(ProtectedAddress from, InetAddress witness) {
    return calls.ask(new Question(from, witness));
  }

  private void call(List<Turn<Question, Boolean>> turns) {
    if (turns.size() == 1) {
      Question one = turns.get(0).question();
      turns.get(0).answer(new Echo(runner).answersOnce(one.from, one.witness, patience));
      return;
    }
    List<String> argv = new ArrayList<>(List.of(program, Echo.seconds(patience)));
    for (Turn<Question, Boolean> turn : turns) {
      argv.add(turn.question().from.host());
      argv.add(Addresses.text(turn.question().witness));
    }
    Command command = new Command(argv, patience.plus(MARGIN), Map.of());
    runner.runUntil(command, line -> handOut(turns, line));
    for (Turn<Question, Boolean> turn : turns) {
      turn.answer(false);
    }
  }

  /** A line is the number of a pair and the status of its ping. */
  private static boolean handOut(List<Turn<Question, Boolean>> turns, String line) {
    int space = line.indexOf(' ');
    try {
      int pair = Integer.parseInt(line.substring(0, Math.max(0, space)));
      turns.get(pair - 1).answer(line.substring(space + 1).equals("0"));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      // Not a line of echoes; who has no answer in the end was not answered.
    }
    return false;
  }
}
