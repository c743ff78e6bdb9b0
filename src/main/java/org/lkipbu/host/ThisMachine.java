package org.lkipbu.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that this process runs on. */
public final class ThisMachine {

  private static final Path NODE_NAME = Path.of("/proc/sys/kernel/hostname");

  private final Path nodeName;

  /** The machine as the kernel names it. */
  public ThisMachine() {
    this(NODE_NAME);
  }

  /** The machine whose name a file holds. */
  ThisMachine(Path nodeName) {
    this.nodeName = nodeName;
  }

  /**
   * The node name, as {@code uname -n} prints it.
   *
   * @throws Failure SYSTEM when /proc cannot be read
   */
  public String name() {
    try {
      return Files.readString(nodeName).strip();
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot read " + nodeName, "mount /proc", e);
    }
  }

  /** Whether a name is this machine's own: the node name, or its part before the first dot. */
  public boolean isNamed(MachineName name) {
    String own = name();
    int dot = own.indexOf('.');
    return name.value().equalsIgnoreCase(own)
        || dot > 0 && name.value().equalsIgnoreCase(own.substring(0, dot));
  }
}
