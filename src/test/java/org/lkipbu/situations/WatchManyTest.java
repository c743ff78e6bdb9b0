package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.Pinger;
import org.lkipbu.lab.Situation.Family;

/** A watcher of many addresses on one interface: what it costs, and what happens to them. */
@Tag("long")
@Timeout(300)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WatchManyTest {

  @Test
  void a_hundred_addresses_leave_a_dead_interface_and_the_watcher_stays_small() throws Exception {
    try (Crowd crowd = new Crowd(100, 0)) {
      crowd.watched();
      Watching.pause(8000);
      long before = crowd.ticks();
      Watching.pause(10_000);
      long idle = crowd.ticks() - before;
      long memory = crowd.residentKiB();
      crowd.leave("eth0", "eth1");

      System.out.printf(
          "Idle for 10 s with 100 addresses: %d ms of processor time with all its children, %d MiB"
              + " resident%n",
          idle * 10, memory / 1024);
      assertThat(memory).as("resident KiB").isLessThan(64 << 10);
      // A twentieth of one processor, on a machine that may be busy with other tests.
      assertThat(idle).as("ticks of 10 ms in 10 s").isLessThan(50);
    }
  }

  @Test
  void a_thousand_addresses_of_both_families_leave_and_none_is_left_behind() throws Exception {
    // The kernel remembers no more than 1,024 neighbours of a family, of all test hosts together.
    try (Crowd crowd = new Crowd(500, 500)) {
      crowd.watched();
      Watching.pause(3000);
      crowd.leave("eth0", "eth1");
    }
  }

  /** A host with many addresses, a client that talks to some of them, and the watcher. */
  private static final class Crowd implements AutoCloseable {

    private final ProtectedHost host = ProtectedHost.inService(LabPlan.of(Family.IPV4));
    private final List<String> addresses = new ArrayList<>();
    private Watching watching;

    Crowd(int ipv4, int ipv6) throws IOException {
      String[] machines = {host.lab.host(), host.lab.host(), host.lab.client()};
      String[] interfaces = {"eth0", "eth1", "eth0"};
      for (int i = 0; i < machines.length; i++) {
        for (String own : List.of("10.1.0." + (1 + i) + "/16", "fd00:10::" + (1 + i) + "/64")) {
          String[] command = {"ip", "addr", "add", own, "dev", interfaces[i], "nodad"};
          host.lab.ok(
              machines[i], own.contains(":") ? command : java.util.Arrays.copyOf(command, 6));
        }
      }
      for (int i = 0; i < ipv4; i++) {
        add("10.1." + (1 + i / 200) + "." + (1 + i % 200), "ffff0000");
      }
      for (int i = 0; i < ipv6; i++) {
        add("fd00:10::1:" + Integer.toHexString(1 + i), "64");
      }
    }

    private void add(String address, String mask) throws IOException {
      String tag = "many" + addresses.size();
      Files.writeString(
          host.lab.folder().resolve("state/instances").resolve(tag),
          "tag=%s\nsystem=host\napplication=comm\ntype=ip\nid=%s\ninfo=host eth0 %s %s eth1\nreason=\nstate=ISP\n"
              .formatted(tag, address, address, mask));
      addresses.add(address);
    }

    /** Has all of them watched, and the client talk to some. */
    void watched() {
      long began = System.nanoTime();
      watching = Watching.started(host);
      watching.says(addresses.size() + 1, "in service on eth0");
      System.out.printf("%d addresses put in service in %d ms%n", addresses.size(), since(began));
      for (String one : some()) {
        assertThat(host.lab.answers(host.lab.client(), one)).as(one).isTrue();
      }
    }

    /** Cuts the cable, and waits until all have moved; a client is answered by each of some. */
    void leave(String from, String to) throws Exception {
      List<Pinger> clients = new ArrayList<>();
      try {
        for (String one : some()) {
          clients.add(host.lab.pinger(host.lab.client(), one, Duration.ofMillis(20)));
        }
        for (Pinger client : clients) {
          assertThat(client.awaitReplies(5, Duration.ofSeconds(10))).isTrue();
        }
        long began = System.nanoTime();
        host.lab.cutCarrier(from);
        watching.says(addresses.size() + 1, "moved from " + from + " to " + to);
        long took = since(began);
        Duration longest = Duration.ZERO;
        for (Pinger client : clients) {
          assertThat(client.awaitReplies(5, Duration.ofSeconds(10))).isTrue();
          longest = longest.compareTo(client.longestGap()) < 0 ? client.longestGap() : longest;
        }
        System.out.printf(
            "%d addresses moved and verified in %d ms; %d clients missed theirs for %d ms at most%n",
            addresses.size(), took, clients.size(), longest.toMillis());
      } finally {
        clients.forEach(Pinger::close);
      }
      assertThat(watching.count("moved from")).isEqualTo(addresses.size() + 1);
      String there = host.lab.ok(host.lab.host(), "ip", "-o", "addr", "show", "dev", to);
      assertThat(addresses).allMatch(one -> there.contains(" " + one + "/"));
      String elsewhere = host.lab.ok(host.lab.host(), "ip", "-o", "addr", "show", "dev", from);
      assertThat(addresses).noneMatch(one -> elsewhere.contains(" " + one + "/"));
    }

    private List<String> some() {
      List<String> some = new ArrayList<>();
      for (int i = 0; i < addresses.size(); i += addresses.size() / 10) {
        some.add(addresses.get(i));
      }
      return some;
    }

    /** The processor time of the watcher and its children that have ended, in ticks of 10 ms. */
    long ticks() throws IOException {
      String stat = Files.readString(Path.of("/proc", pid(), "stat"));
      String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = 0;
      for (int i = 11; i <= 14; i++) {
        ticks += Long.parseLong(words[i]);
      }
      return ticks;
    }

    long residentKiB() throws IOException {
      for (String line : Files.readAllLines(Path.of("/proc", pid(), "status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
      throw new AssertionError("no VmRSS");
    }

    private String pid() throws IOException {
      return Files.readString(host.lab.folder().resolve("run/watcher")).strip();
    }

    private static long since(long began) {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    @Override
    public void close() {
      try (ProtectedHost last = host) {
        if (watching != null) {
          watching.close();
        }
      }
    }
  }
}
