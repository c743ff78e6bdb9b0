package org.lkipbu.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenSSH, with the caller's own configuration, keys and known hosts. Nothing is asked at a
 * terminal; a machine that cannot be connected to in time, or falls silent, is given up; host keys
 * are checked as the caller's configuration says. It joins its words with spaces and the login
 * shell of the other side reads them (ssh(1)).
 */
public final class SshTransport implements Transport {

  private static final int ALIVE_SECONDS = 5;
  private static final int ALIVE_TRIES = 3;

  private final Duration connectTime;

  /**
   * @param connectTime how long a connection may take to come about
   */
  public SshTransport(Duration connectTime) {
    this.connectTime = connectTime;
  }

  @Override
  public List<String> argv(MachineName machine, List<String> words) {
    List<String> argv = new ArrayList<>();
    argv.add("ssh");
    argv.add("-nTx");
    for (String option :
        List.of(
            "BatchMode=yes",
            "ConnectTimeout=" + connectTime.toSeconds(),
            "ServerAliveInterval=" + ALIVE_SECONDS,
            "ServerAliveCountMax=" + ALIVE_TRIES,
            "LogLevel=ERROR")) {
      argv.add("-o");
      argv.add(option);
    }
    argv.add("--");
    argv.add(machine.value());
    argv.addAll(words);
    return argv;
  }
}
