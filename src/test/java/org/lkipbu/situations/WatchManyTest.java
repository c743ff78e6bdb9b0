package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.Situation.Family;

/** A watcher of a hundred addresses on one interface: what it costs, and what happens to them. */
@Tag("long")
@Timeout(300)
@DisplayNameGeneration(ReplaceUnderscores.class)
class WatchManyTest {

  private static final int MANY = 100;

  @Test
  void a_hundred_addresses_leave_a_dead_interface_and_the_watcher_stays_small() throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(Family.IPV4))) {
      Path instances = host.lab.folder().resolve("state/instances");
      for (int i = 0; i < MANY; i++) {
        String address = "10.0.0." + (100 + i);
        Files.writeString(
            instances.resolve("many" + i),
            "tag=many"
                + i
                + "\nsystem=host\napplication=comm\ntype=ip\nid="
                + address
                + "\ninfo=host eth0 "
                + address
                + " ffffff00 eth1\nreason=\nstate=ISP\n");
      }
      try (Watching watching = Watching.started(host)) {
        watching.says(MANY + 1, "in service on eth0");
        Watching.pause(8000);
        String pid = Files.readString(host.lab.folder().resolve("run/watcher")).strip();
        long before = ticks(pid);
        Watching.pause(10_000);
        long idle = ticks(pid) - before;
        long memory = residentKiB(pid);
        host.lab.ok(host.lab.networkSwitch(), "ip", "link", "set", "h0", "down");
        long began = System.nanoTime();
        watching.says(MANY + 1, "moved from eth0 to eth1");
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);

        System.out.println(
            MANY
                + " addresses moved and verified in "
                + took
                + " ms; idle for 10 s: "
                + idle * 10
                + " ms of processor time with all its children, "
                + memory / 1024
                + " MiB resident");
        for (int i = 0; i < MANY; i += 9) {
          assertThat(host.lab.answers(host.lab.client(), "10.0.0." + (100 + i))).isTrue();
        }
        assertThat(memory).as("resident KiB").isLessThan(64 << 10);
        // A twentieth of one processor, on a machine that may be busy with other tests.
        assertThat(idle).as("ticks of 10 ms in 10 s").isLessThan(50);
      }
    }
  }

  /** The processor time of a process and its children that have ended, in ticks of 10 ms. */
  private static long ticks(String pid) throws Exception {
    String stat = Files.readString(Path.of("/proc", pid, "stat"));
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int i = 11; i <= 14; i++) {
      ticks += Long.parseLong(words[i]);
    }
    return ticks;
  }

  private static long residentKiB(String pid) throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc", pid, "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new AssertionError("no VmRSS");
  }
}
