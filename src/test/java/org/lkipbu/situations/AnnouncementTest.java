package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.Situation.Family;

/** What a client hears of a move, as its own interface shows it. */
@Tag("network")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class AnnouncementTest {

  @ParameterizedTest
  @EnumSource(Family.class)
  void a_move_is_announced_several_times_and_an_earlier_place_no_more(Family family)
      throws Exception {
    try (ProtectedHost host = ProtectedHost.inService(LabPlan.of(family))) {
      host.meets();
      String eth0 = host.lab.mac(host.lab.host(), "eth0");
      String eth1 = host.lab.mac(host.lab.host(), "eth1");
      try (Listener client = new Listener(host)) {
        host.succeeds(host.lab.ipaction("move", host.lab.vipAndPrefix(), "eth0", "eth1"));
        client.awaits(eth1, 3);
        host.succeeds(host.lab.ipaction("move", host.lab.vipAndPrefix(), "eth1", "eth0"));
        client.awaits(eth0, 1);
        client.forgets();
        client.awaits(eth0, 2);
        assertThat(client.heard(eth1)).as("announcements of the earlier place").isZero();
        assertThat(host.lab.cached(host.lab.client(), host.lab.vip())).isEqualTo(eth0);
        host.succeeds(host.lab.ipaction("remove", host.lab.vipAndPrefix(), "eth0"));
        client.forgets();
        Thread.sleep(2500);
        assertThat(client.heard(eth0)).as("announcements of an address that is gone").isZero();
      }
    }
  }

  /** tcpdump on the client: the link-layer senders of unsolicited announcements of the address. */
  private static final class Listener implements AutoCloseable {

    private final Process process;
    private final List<String> senders = new CopyOnWriteArrayList<>();

    Listener(ProtectedHost host) throws IOException, InterruptedException {
      boolean ipv6 = host.lab.vip().contains(":");
      String filter =
          ipv6
              ? "icmp6 and ip6[40] == 136 and dst ff02::1"
              : "arp and src host " + host.lab.vip() + " and dst host " + host.lab.vip();
      process =
          new ProcessBuilder(
                  ("ip netns exec " + host.lab.client() + " tcpdump -elni eth0 " + filter)
                      .split(" "))
              .redirectErrorStream(true)
              .start();
      BufferedReader lines = process.inputReader();
      String first = lines.readLine();
      while (first != null && !first.startsWith("listening")) {
        first = lines.readLine();
      }
      Thread reader = new Thread(() -> lines.lines().forEach(line -> note(line, host.lab.vip())));
      reader.setDaemon(true);
      reader.start();
    }

    private void note(String line, String vip) {
      if (line.contains(vip)) {
        senders.add(line.split(" ")[1]);
      }
    }

    void forgets() {
      senders.clear();
    }

    long heard(String mac) {
      return senders.stream().filter(mac::equals).count();
    }

    void awaits(String mac, int times) throws InterruptedException {
      for (int i = 0; i < 100 && heard(mac) < times; i++) {
        Thread.sleep(100);
      }
      assertThat(heard(mac)).as("announcements by " + mac).isGreaterThanOrEqualTo(times);
    }

    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }
}
