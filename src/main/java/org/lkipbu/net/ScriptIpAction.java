package org.lkipbu.net;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.host.PlainText;
import org.lkipbu.instance.InterfaceName;

/**
 * lkipbu's own {@code ipaction}, whose move is a remove and a restore in one process.
 *
 * <p>Its exit codes are those of lkipbu: 1 the kernel refused, 4 another machine holds the address,
 * 5 the host cannot give the address its own way out, 10 and 11 a move that failed with the address
 * back or nowhere, 12 another operation holds the host's network. Its last line on stderr is the
 * reason.
 */
public final class ScriptIpAction implements IpAction {

  private final CommandRunner runner;
  private final String program;
  private final Map<String, String> environment;
  private final Duration limit;
  private final MoveAftermath aftermath;

  /**
   * @param runner runs the program
   * @param home the folder that holds the program {@code ipaction}
   * @param environment the settings that the program reads: NOIPUNIQUE, LKIPBU_RUN_DIR and so on
   * @param limit how long one call may take
   * @param interfaces tells where the address is after a call that ended in no documented way
   * @throws Failure SYSTEM when others than root can change the program
   */
  public ScriptIpAction(
      CommandRunner runner,
      Path home,
      Map<String, String> environment,
      Duration limit,
      Interfaces interfaces) {
    this.runner = runner;
    this.program = TrustedProgram.own(home, "ipaction").toString();
    this.environment = Map.copyOf(environment);
    this.limit = limit;
    this.aftermath = new MoveAftermath(this, interfaces);
  }

  @Override
  public void restore(ProtectedAddress address, InterfaceName on) {
    String what = address.host() + " could not be put on " + on;
    orFail(call("restore", address.toString(), on.value()), what);
  }

  @Override
  public void remove(ProtectedAddress address, InterfaceName from) {
    String what = address.host() + " could not be taken from " + from;
    orFail(call("remove", address.toString(), from.value()), what);
  }

  @Override
  public void move(ProtectedAddress address, InterfaceName from, InterfaceName to) {
    String what = address.host() + " could not be moved from " + from + " to " + to;
    CommandResult result;
    try {
      result = call("move", address.toString(), from.value(), to.value());
    } catch (Failure failure) {
      throw aftermath.settle(address, from, to, what, failure);
    }
    switch (result.exitCode()) {
      case 0 -> {}
      case 4, 5, 10, 11, 12 -> orFail(result, what);
      default -> throw aftermath.settle(address, from, to, what, failure(result, ""));
    }
  }

  @Override
  public void announce(ProtectedAddress address, InterfaceName on) {
    Map<String, String> once = new HashMap<>(environment);
    // Not empty, which would mean the usual pauses; words are counted.
    once.put("LKIPBU_ANNOUNCE_PAUSES", " ");
    List<String> argv = List.of(program, "announce", address.toString(), on.value());
    // What arping makes of it says nothing: nobody answers an announcement.
    runner.run(new Command(argv, limit, once));
  }

  @Override
  public String refresh(ProtectedAddress address, InterfaceName on) {
    CommandResult result = call("refresh", address.toString(), on.value());
    orFail(result, "rules and routes of " + address.host() + " could not be put right");
    return PlainText.of(result.out().strip());
  }

  private CommandResult call(String... words) {
    String[] argv = new String[words.length + 1];
    argv[0] = program;
    System.arraycopy(words, 0, argv, 1, words.length);
    return runner.run(new Command(List.of(argv), limit, environment));
  }

  private static void orFail(CommandResult result, String what) {
    if (!result.ok()) {
      throw failure(result, what);
    }
  }

  private static Failure failure(CommandResult result, String what) {
    Failure.Kind kind;
    String advice;
    switch (result.exitCode()) {
      case 2 -> {
        kind = Failure.Kind.INTERNAL;
        advice = "use the ipaction that belongs to this lkipbu";
      }
      case 4 -> {
        kind = Failure.Kind.EXISTS;
        advice = "take the address from that machine, or set NOIPUNIQUE=1";
      }
      case 5 -> {
        kind = Failure.Kind.ILLEGAL;
        advice = "see ipaction(8) for what it asks of a host";
      }
      case 10 -> {
        kind = Failure.Kind.MOVE_FAILED;
        advice = "the address is back where it was";
      }
      case 11 -> {
        kind = Failure.Kind.ADDRESS_LOST;
        advice = "mend the interface, then put the address back with ipaction restore";
      }
      case 12 -> {
        kind = Failure.Kind.BUSY;
        advice = "try again when that operation has ended";
      }
      default -> {
        kind = Failure.Kind.SYSTEM;
        advice = "see what 'ip addr' and the kernel's log say";
      }
    }
    String reason = IpActionReason.of(result);
    return new Failure(kind, what.isEmpty() ? reason : what + ": " + reason, advice);
  }
}
