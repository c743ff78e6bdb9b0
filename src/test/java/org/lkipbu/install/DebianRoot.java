package org.lkipbu.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.ProcessCommandRunner;

/**
 * A fresh Debian 12 in a folder, the least that apt runs in. What runs in it has /proc and /sys of
 * its own for as long as it runs, so nothing is left to unmount. It is removed by {@link #close()}.
 */
final class DebianRoot implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final String ENTER =
      "mount -t proc proc \"$0/proc\" && mount -t sysfs sysfs \"$0/sys\" || exit; exec chroot \"$0\" \"$@\"";

  private final CommandRunner programs = new ProcessCommandRunner();
  private final Path outer;
  private final Path folder;

  /**
   * Debian's base system; this takes about a minute and a network.
   *
   * @param packages what else is in it, with what that needs
   */
  DebianRoot(String... packages) throws IOException {
    outer = Files.createTempDirectory("lkipbu-debian");
    // Users of its own must be able to enter it, and those of the machine must not.
    folder = Files.createDirectory(outer.resolve("root"));
    List<String> argv = new ArrayList<>(List.of("debootstrap", "--variant=minbase"));
    if (packages.length > 0) {
      argv.add("--include=" + String.join(",", packages));
    }
    argv.addAll(List.of("bookworm", folder.toString()));
    CommandResult made = onHost(argv.toArray(new String[0]));
    if (!made.ok()) {
      close();
      throw new AssertionError("debootstrap: " + made.reason() + "\n" + made.out());
    }
  }

  /** A file in it. */
  Path path(String absolute) {
    return folder.resolve(absolute.substring(1));
  }

  /** Puts a copy of a file into its /root, under another name. */
  void copy(Path file, String name) throws IOException {
    Files.copy(file, path("/root/" + name), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Runs a program in it, with the machine's network. */
  CommandResult run(String... argv) {
    return onHost(entering(List.of("unshare", "--mount"), argv));
  }

  /** Runs a program in it that must succeed; its stdout. */
  String ok(String... argv) {
    return succeeded(run(argv), argv);
  }

  /** Runs a program in it and in a network namespace. */
  CommandResult runIn(String namespace, String... argv) {
    return onHost(entering(List.of("ip", "netns", "exec", namespace), argv));
  }

  /** Runs a program of the machine. */
  CommandResult onHost(String... argv) {
    return programs.run(new Command(List.of(argv), LIMIT, Map.of()));
  }

  /** The stdout of what must have succeeded. */
  static String succeeded(CommandResult result, String... argv) {
    if (!result.ok()) {
      String said = result.out() + result.err();
      throw new AssertionError(String.join(" ", argv) + ": " + result.exitCode() + "\n" + said);
    }
    return result.out();
  }

  private String[] entering(List<String> apart, String... argv) {
    List<String> all = new ArrayList<>(apart);
    all.addAll(List.of("sh", "-c", ENTER, folder.toString()));
    all.addAll(List.of("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"));
    all.add("DEBIAN_FRONTEND=noninteractive");
    all.addAll(List.of(argv));
    return all.toArray(new String[0]);
  }

  @Override
  public void close() {
    onHost("rm", "-rf", "--one-file-system", outer.toString());
  }
}
