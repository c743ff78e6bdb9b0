package org.lkipbu.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who runs this process. */
public final class Caller {

  private Caller() {}

  /** The effective user id: the kernel makes it the owner of the process's folder in /proc. */
  public static int userId() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self/"), "unix:uid");
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot read /proc", "mount it", e);
    }
  }

  /** Whether the caller is root (of its user namespace). */
  public static boolean isRoot() {
    return userId() == 0;
  }

  /**
   * Refuses a file or folder that somebody but root and the caller could have put things into.
   *
   * @param what what it is, for the message
   * @throws Failure SYSTEM when others own it or may write it; nothing when it is not there
   */
  public static void requireTrusted(Path path, String what) {
    if (!Files.exists(path)) {
      return;
    }
    try {
      int owner = (Integer) Files.getAttribute(path, "unix:uid");
      int mode = (Integer) Files.getAttribute(path, "unix:mode");
      boolean writable = (mode & 0022) != 0;
      if (writable || owner != 0 && owner != userId()) {
        throw new Failure(
            Failure.Kind.SYSTEM,
            what + " " + path + (writable ? " can be written by others" : " is not root's"),
            "make it root's alone (chown root, chmod go-w)");
      }
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot examine " + path, IoReason.of(e), e);
    }
  }
}
