package org.lkipbu.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Surroundings;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KnownNetworkTest {

  private static final long PROBE_HOLDS = 1_000;
  private static final InterfaceName ETH0 = new InterfaceName("eth0");
  private static final InterfaceName ETH1 = new InterfaceName("eth1");

  private boolean linked = true;
  private int probes;
  private long now;
  private KnownNetwork network;

  @BeforeEach
  void probeOnce() {
    Interfaces interfaces =
        new Interfaces() {
          @Override
          public boolean exists(InterfaceName name) {
            return true;
          }

          @Override
          public boolean hasLink(InterfaceName name) {
            return linked;
          }
        };
    Preflight preflight =
        (tag, address, primary, backup, before) -> {
          probes++;
          if (!linked) {
            throw new Failure(Failure.Kind.MOVE_FAILED, "the backup has no link", "mend it");
          }
        };
    network =
        new KnownNetwork(
            null,
            preflight,
            null,
            tag -> false,
            new Links(interfaces, true),
            PROBE_HOLDS,
            () -> now);
    check();
    assertThat(probes).isEqualTo(1);
  }

  @Test
  void a_backup_that_was_good_a_moment_ago_is_not_asked_again() {
    check();
    assertThat(probes).isEqualTo(1);
    now += PROBE_HOLDS;
    check();
    assertThat(probes).isEqualTo(2);
  }

  /** When a switch dies both links go, and the primary's event comes first. */
  @Test
  void a_backup_that_lost_its_link_before_an_event_told_so_is_refused() {
    check();
    linked = false;
    assertThatThrownBy(this::check).isInstanceOf(Failure.class).hasMessageContaining("no link");
    linked = true;
    check();
    assertThat(probes).isEqualTo(3);
  }

  private void check() {
    ProtectedAddress address = new ProtectedAddress(InetAddress.getLoopbackAddress(), 24);
    network.check(new Tag("vip"), address, ETH0, ETH1, new Surroundings(List.of(), false));
  }
}
