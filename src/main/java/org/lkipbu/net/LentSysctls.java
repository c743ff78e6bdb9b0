package org.lkipbu.net;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;

/**
 * The sysctls that {@code ipaction} changes for an instant. Their originals are in the file {@code
 * lent} of the run folder as long; where an ipaction was killed, every later one that changes the
 * host gives them back first.
 */
public final class LentSysctls {

  private final CommandRunner runner;
  private final Path home;
  private final Path originals;
  private final Map<String, String> environment;
  private final Duration limit;

  /**
   * @param runner runs ipaction
   * @param home the folder that holds it
   * @param run the run folder
   * @param environment the settings that ipaction reads
   * @param limit how long it may take
   */
  public LentSysctls(
      CommandRunner runner, Path home, Path run, Map<String, String> environment, Duration limit) {
    this.runner = runner;
    this.home = home;
    this.originals = run.resolve("lent");
    this.environment = Map.copyOf(environment);
    this.limit = limit;
  }

  /**
   * Gives back what an ipaction that was killed has not; waits for one that is at work.
   *
   * @throws Failure BUSY when another change of the host goes on for too long, SYSTEM when they
   *     cannot be given back
   */
  public void giveBack() {
    if (!Files.exists(originals)) {
      return;
    }
    String program = TrustedProgram.own(home, "ipaction").toString();
    CommandResult result = runner.run(new Command(List.of(program, "settle"), limit, environment));
    if (!result.ok()) {
      throw new Failure(
          result.exitCode() == 12 ? Failure.Kind.BUSY : Failure.Kind.SYSTEM,
          "sysctls cannot be given back: " + IpActionReason.of(result),
          "their originals are in " + originals);
    }
  }
}
