package org.lkipbu.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells this boot of the machine, and a process of it, from every other. */
public final class Boot {

  private final Path proc;

  /** The boot that the kernel's proc(5) at a folder tells of, usually {@code /proc}. */
  public Boot(Path proc) {
    this.proc = proc;
  }

  /**
   * The kernel's random id of this boot.
   *
   * @throws Failure SYSTEM when it cannot be read
   */
  public String id() {
    Path file = proc.resolve("sys/kernel/random/boot_id");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot read " + file, "mount /proc", e);
    }
  }

  /**
   * A process, given by its id or as {@code self}, as its id and the tick at which it started
   * (proc(5), field 22 of stat), so that a later process of the same id is another one; the empty
   * string when there is none.
   */
  public String process(String pid) {
    try {
      String stat = Files.readString(proc.resolve(pid).resolve("stat"));
      // The name, field 2, is in parentheses and may hold anything.
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return stat.substring(0, stat.indexOf(' ')) + " " + afterName[22 - 3];
    } catch (IOException | RuntimeException e) {
      return "";
    }
  }
}
