package org.lkipbu.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the streams of this process are a terminal. {@code System.console()} does not say: it
 * speaks of input and output together, and answers differently from JDK 22 on. The kernel does: a
 * terminal is a character device, of pseudo-terminals, serial lines and consoles (Linux's
 * devices.txt).
 */
public final class Terminal {

  private static final int CHARACTER_DEVICE = 0020000;
  private static final int FILE_TYPE = 0170000;

  private Terminal() {}

  /** Whether somebody can type at stdin. */
  public static boolean isStdin() {
    return isTerminal(Path.of("/proc/self/fd/0"));
  }

  /** Whether stdout is shown to somebody. */
  public static boolean isStdout() {
    return isTerminal(Path.of("/proc/self/fd/1"));
  }

  /** Whether stderr is shown to somebody. */
  public static boolean isStderr() {
    return isTerminal(Path.of("/proc/self/fd/2"));
  }

  /** The device behind a file; following a link of /proc works where its name leads nowhere. */
  static boolean isTerminal(Path file) {
    try {
      int mode = (Integer) Files.getAttribute(file, "unix:mode");
      long device = (Long) Files.getAttribute(file, "unix:rdev");
      return (mode & FILE_TYPE) == CHARACTER_DEVICE && isTerminal((int) (device >> 8 & 0xfff));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Majors: 4 consoles and serial lines, 5 /dev/tty and /dev/console, 136 to 143 pseudo-terminals,
   * 188 USB serial, 204 low-density serial, 229 hypervisor consoles.
   */
  private static boolean isTerminal(int major) {
    return major == 4
        || major == 5
        || major >= 136 && major <= 143
        || major == 188
        || major == 204
        || major == 229;
  }
}
