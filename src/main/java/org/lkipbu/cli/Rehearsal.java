package org.lkipbu.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Unattended;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.Proof;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Surroundings;
import org.lkipbu.net.Verifier;

/**
 * Lets an operation run without a change to the host: an ipaction says what it would run, an
 * address is believed to answer where it is not yet, and nothing is logged. What is looked at is
 * looked at in earnest.
 */
final class Rehearsal implements Around {

  private final Path runFolder;
  private final Interfaces interfaces;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param runFolder where ipaction has recorded what it did to the host
   * @param interfaces tells where an address is
   */
  Rehearsal(Path runFolder, Interfaces interfaces) {
    this.runFolder = runFolder;
    this.interfaces = interfaces;
  }

  /** What was checked, and what would be done, a line each. */
  List<String> lines() {
    return lines;
  }

  @Override
  public CommandRunner ipActionRunner(CommandRunner runner) {
    return new CommandRunner() {
      @Override
      public CommandResult run(Command command) {
        return rehearse(command, runner);
      }

      @Override
      public CommandResult runUntil(Command command, Predicate<String> enough) {
        return rehearse(command, runner);
      }
    };
  }

  private CommandResult rehearse(Command command, CommandRunner runner) {
    if (!Path.of(command.program()).endsWith("ipaction") || command.argv().size() < 2) {
      would(String.join(" ", command.argv()));
      return new CommandResult(0, "", "");
    }
    List<String> argv = new ArrayList<>(command.argv());
    argv.add(1, "-n");
    Map<String, String> variables = new HashMap<>(command.environment());
    variables.put("LKIPBU_RUN_DIR", runFolder.toString());
    CommandResult result = runner.run(new Command(argv, command.limit(), variables));
    for (String line : result.out().split("\n")) {
      if (!line.isBlank()) {
        would(line.strip());
      }
    }
    return new CommandResult(result.exitCode(), "", result.err());
  }

  private void would(String command) {
    lines.add("would run: " + command);
  }

  @Override
  public Verifier verifier(Verifier verifier) {
    return new Verifier() {
      @Override
      public Surroundings observe(ProtectedAddress address, InterfaceName primary) {
        return verifier.observe(address, primary);
      }

      @Override
      public Proof verify(
          Tag tag, ProtectedAddress address, InterfaceName on, Surroundings before) {
        if (interfaces.has(address, on)) {
          return verifier.verify(tag, address, on, before);
        }
        lines.add("would verify: " + address.host() + " on " + on);
        return new Proof(Proof.Kind.LINK_ONLY, "link of " + on, Duration.ZERO);
      }
    };
  }

  @Override
  public Preflight preflight(Preflight preflight) {
    return (tag, address, primary, backup, before) -> {
      preflight.check(tag, address, primary, backup, before);
      lines.add(
          "checked: "
              + backup
              + (before.primaryAlive()
                  ? " has link and is on the network of " + primary
                  : " has link; " + primary + " is dead, and nobody else has " + address.host()));
    };
  }

  @Override
  public Unattended programs() {
    return command -> {};
  }
}
