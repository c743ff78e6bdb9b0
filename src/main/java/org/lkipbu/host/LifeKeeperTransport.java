package org.lkipbu.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * LifeKeeper's {@code lcdremexec -e -d machine -- words}, over its own communication paths. With
 * {@code -e} it keeps stdout and stderr apart; the other side runs the words through a shell.
 */
public final class LifeKeeperTransport implements Transport {

  private final Path program;

  /** The transport of the LifeKeeper at a place, LKROOT. */
  public LifeKeeperTransport(Path root) {
    this.program = root.resolve("bin").resolve("lcdremexec");
  }

  @Override
  public List<String> argv(MachineName machine, List<String> words) {
    Caller.requireTrusted(program, "LifeKeeper's command");
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of(program.toString(), "-e", "-d", machine.value(), "--"));
    argv.addAll(words);
    return argv;
  }
}
