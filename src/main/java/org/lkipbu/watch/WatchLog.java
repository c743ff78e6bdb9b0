package org.lkipbu.watch;

import java.io.PrintStream;
import org.lkipbu.host.PlainText;

/**
 * One line an event. For journald each begins with its priority, as sd-daemon(3) has it; for people
 * none does.
 */
public final class WatchLog {

  private final PrintStream out;
  private final boolean priorities;

  /**
   * @param out where the lines go
   * @param priorities whether that is journald
   */
  public WatchLog(PrintStream out, boolean priorities) {
    this.out = out;
    this.priorities = priorities;
  }

  /** Something that somebody must mend. */
  public void error(String text) {
    line("<3>", text);
  }

  /** Something that may become worse. */
  public void warning(String text) {
    line("<4>", text);
  }

  /** Something that was done. */
  public void notice(String text) {
    line("<5>", text);
  }

  /** Something to know. */
  public void info(String text) {
    line("<6>", text);
  }

  private void line(String priority, String text) {
    out.println((priorities ? priority : "") + "lkipbu: " + PlainText.of(text));
  }
}
