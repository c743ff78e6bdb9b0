package org.lkipbu.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The machine that this process runs on. */
public final class ThisMachine {

  private static final Path NODE_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final Path HOSTS = Path.of("/etc/hosts");

  private final Path nodeName;
  private final Path hosts;

  /** The machine as the kernel names it. */
  public ThisMachine() {
    this(NODE_NAME, HOSTS);
  }

  /** The machine whose name a file holds, and whose other names one like hosts(5) does. */
  ThisMachine(Path nodeName, Path hosts) {
    this.nodeName = nodeName;
    this.hosts = hosts;
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

  /**
   * Whether a name is this machine's own: the node name, its part before the first dot, or the
   * qualified form of it that /etc/hosts gives on one line with it. No name server is asked.
   */
  public boolean isNamed(MachineName name) {
    String own = name();
    int dot = own.indexOf('.');
    return name.value().equalsIgnoreCase(own)
        || dot > 0 && name.value().equalsIgnoreCase(own.substring(0, dot))
        || isQualified(own, name.value()) && hostsEquate(own, name.value());
  }

  private static boolean isQualified(String own, String name) {
    return name.length() > own.length() + 1
        && name.charAt(own.length()) == '.'
        && name.regionMatches(true, 0, own, 0, own.length());
  }

  private boolean hostsEquate(String one, String other) {
    String text;
    try {
      text = Files.readString(hosts, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return false;
    }
    for (String line : text.split("\n")) {
      int comment = line.indexOf('#');
      List<String> words =
          List.of(
              (comment < 0 ? line : line.substring(0, comment))
                  .strip()
                  .toLowerCase(Locale.ROOT)
                  .split("\\s+"));
      if (words.contains(one.toLowerCase(Locale.ROOT))
          && words.contains(other.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
