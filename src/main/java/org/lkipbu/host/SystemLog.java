package org.lkipbu.host;

import java.time.Duration;

/**
 * The host's log. Each line is handed to a {@code logger} that is not waited for: Java knows no
 * datagram sockets of the local kind, by which syslog is reached, and no change of an address may
 * wait for a log, or fail for want of one.
 *
 * <p>{@code LKSYSLOGTAG} and {@code LKSYSLOGSELECTOR} are LifeKeeper's own settings ("IP Parameters
 * List"): the name before each line, and the facility.
 */
public final class SystemLog {

  private static final int LONGEST = 800;

  private final Settings settings;
  private final Unattended programs;
  private final String usualTag;

  /**
   * @param settings the administrator's choice
   * @param programs starts logger
   * @param usualTag the name before each line where the settings have none
   */
  public SystemLog(Settings settings, Unattended programs, String usualTag) {
    this.settings = settings;
    this.programs = programs;
    this.usualTag = usualTag;
  }

  /** Logs what was done (priority notice). */
  public void done(String what) {
    log("notice", what);
  }

  /** Logs what went wrong (priority err). */
  public void failed(String what) {
    log("err", what);
  }

  private void log(String priority, String what) {
    String line = PlainText.of(what.strip());
    String message = line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    try {
      String facility = settings.text("LKSYSLOGSELECTOR", "local6");
      programs.start(
          Command.of(
              Duration.ofSeconds(1),
              "logger",
              "-t",
              settings.text("LKSYSLOGTAG", usualTag),
              "-p",
              facility + "." + priority,
              "--",
              message));
    } catch (Failure e) {
      // A host without logger is a host without these lines.
    }
  }
}
