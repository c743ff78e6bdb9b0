package org.lkipbu.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.lkipbu.host.CommandResult;

/**
 * A Debian root that systemd has booted, with a network namespace as all of its network. To systemd
 * it is a container: /proc and /sys are read-only but for the settings of this network.
 *
 * <p>Everything that runs in it is in a control group of its own, by which {@link #close()} ends it
 * all; its mounts go with its last process. Where the test itself is killed, the end of the pipe to
 * it does the same.
 */
final class BootedDebian implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  /**
   * The machine's own /run and control groups are hidden from systemd-nspawn, so that it leaves
   * nothing there and finds the one hierarchy that Debian 12 has, whatever this machine has.
   */
  private static final String BOOT =
      """
      mount -t tmpfs tmpfs /run && mount -t cgroup2 cgroup2 /sys/fs/cgroup || exit
      group=/sys/fs/cgroup/$(sed -n 's|^0::/||p' /proc/self/cgroup)/$1
      mkdir "$group" || exit
      exec 3<&0 </dev/null
      { read -r _ <&3; echo 1 >"$group/cgroup.kill"; } &
      exec 3<&-
      echo $$ >"$group/cgroup.procs" || exit
      export SYSTEMD_NSPAWN_LOCK=0 SYSTEMD_NSPAWN_API_VFS_WRITABLE=network
      exec systemd-nspawn --quiet --directory="$0" --machine="$1" --boot \\
        --register=no --keep-unit --link-journal=no --console=pipe \\
        --network-namespace-path=/proc/self/ns/net --capability=CAP_NET_ADMIN
      """;

  /** What has been killed leaves its group a moment later. */
  private static final String END =
      """
      mount -t cgroup2 cgroup2 /sys/fs/cgroup || exit
      group=/sys/fs/cgroup/$(sed -n 's|^0::/||p' /proc/self/cgroup)/$0
      turns=0
      while [ -d "$group" ]; do
        [ $turns -lt 100 ] || exit
        turns=$((turns + 1))
        echo 1 >"$group/cgroup.kill"
        sleep 0.1
        find "$group" -depth -type d -exec rmdir {} + 2>/dev/null
      done
      """;

  private final DebianRoot debian;
  private final String name;
  private final Path console;
  private final Process container;
  private String first;

  /** Boots it, and waits until it has started all that it starts by itself. */
  BootedDebian(DebianRoot debian, String namespace) throws IOException {
    this.debian = debian;
    name = "lkipbu-" + namespace;
    console = Files.createTempFile(name, ".console");
    ProcessBuilder builder =
        new ProcessBuilder("ip", "netns", "exec", namespace, "sh", "-c", BOOT, root(), name);
    container = builder.redirectErrorStream(true).redirectOutput(console.toFile()).start();
    try {
      becomes("systemd is process 1", this::findFirst);
      becomes("it has booted", this::hasBooted);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Runs a program in it. */
  CommandResult run(String... argv) {
    List<String> all = new ArrayList<>(List.of("nsenter", "--target", first));
    all.addAll(List.of("--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--"));
    all.addAll(List.of("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"));
    all.addAll(List.of("DEBIAN_FRONTEND=noninteractive", "timeout", "-k", "5", "120"));
    all.addAll(List.of(argv));
    return debian.onHost(all.toArray(new String[0]));
  }

  /** Runs a program in it that must succeed; its stdout. */
  String ok(String... argv) {
    return DebianRoot.succeeded(run(argv), argv);
  }

  /** Starts a unit that must start, now and at each boot from now on. */
  void enable(String unit) {
    ok("systemctl", "enable", "--now", unit);
  }

  /** Whether a unit is active, or what else it is. */
  String state(String unit) {
    return run("systemctl", "is-active", unit).out().strip();
  }

  /** A property of a unit; see systemd.directives(7). */
  String property(String unit, String property) {
    return ok("systemctl", "show", "--value", "--property=" + property, unit).strip();
  }

  /** The messages of a unit since it was booted, a line each. */
  String journal(String unit) {
    return journal(unit, "debug");
  }

  /** Those that are as serious as a priority of syslog(3), or more so. */
  String journal(String unit, String priority) {
    return ok("journalctl", "--boot", "--unit=" + unit, "--priority=" + priority, "--output=cat");
  }

  /** Shuts it down as an administrator does; nothing runs in it afterwards. */
  void powerOff() throws InterruptedException {
    ok("systemctl", "poweroff");
    if (!container.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || container.exitValue() != 0) {
      throw new AssertionError("it was not shut down: " + console());
    }
  }

  /** Waits until something is true; the test fails when it does not become so. */
  void becomes(String what, BooleanSupplier happened) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || !container.isAlive()) {
        throw new AssertionError("not so: " + what + "\n" + said());
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    debian.onHost("unshare", "--mount", "sh", "-c", END, name);
    container.destroyForcibly();
    try {
      container.waitFor(10, TimeUnit.SECONDS);
      Files.deleteIfExists(console);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // It is an empty file in the folder of temporary files.
    }
  }

  private boolean findFirst() {
    Optional<ProcessHandle> child =
        container.toHandle().children().filter(BootedDebian::isSystemd).findFirst();
    child.ifPresent(process -> first = Long.toString(process.pid()));
    return child.isPresent();
  }

  private static boolean isSystemd(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "comm"))
          .equals("systemd\n");
    } catch (IOException e) {
      return false;
    }
  }

  private boolean hasBooted() {
    String state = run("systemctl", "is-system-running").out().strip();
    return state.equals("running") || state.equals("degraded");
  }

  /** All that there is to know of a failure. */
  private String said() {
    return container.isAlive() && first != null
        ? console() + run("journalctl", "--boot", "--no-pager", "--lines=60").out()
        : console();
  }

  private String console() {
    try {
      return Files.readString(console);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private String root() {
    return debian.path("/").toString();
  }
}
