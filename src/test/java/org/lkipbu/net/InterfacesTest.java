package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;
import org.lkipbu.lab.Situation.OwnAddresses;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InterfacesTest {

  private final Interfaces interfaces = new Interfaces();

  @Test
  void the_loopback_is_there_and_what_is_not_there_is_neither_up_nor_has_addresses() {
    InterfaceName lo = new InterfaceName("lo");
    assertThat(interfaces.exists(lo)).isTrue();
    assertThat(interfaces.isLoopback(lo)).isTrue();
    for (String name : new String[] {"nosuch0", "l", "o", "face"}) {
      InterfaceName other = new InterfaceName(name);
      assertThat(interfaces.exists(other)).isFalse();
      assertThat(interfaces.hasLink(other)).isFalse();
      assertThat(interfaces.isLoopback(other)).isFalse();
      assertThat(interfaces.addresses(other)).isEmpty();
    }
  }

  @Test
  @org.junit.jupiter.api.Tag("network")
  void link_and_addresses_are_those_of_the_own_namespace() {
    for (Family family : Family.values()) {
      LabPlan plan = LabPlan.of(family).withOwn(OwnAddresses.NEITHER);
      try (NetLab lab = new NetLab(plan)) {
        NetProbe probe = new NetProbe(lab);
        // No address at all, not even a link-local one: the hard case for the JDK.
        lab.sysctl(lab.host(), "net.ipv6.conf.eth1.disable_ipv6", "1");
        probe.address("eth0");
        assertThat(looks(lab, "eth0")).isEqualTo("exists link here");
        assertThat(looks(lab, "eth1")).isEqualTo("exists link");
        lab.cutCarrier("eth0");
        lab.cutCarrier("eth1");
        assertThat(looks(lab, "eth0")).isEqualTo("exists here");
        assertThat(looks(lab, "eth1")).isEqualTo("exists");
        lab.ok(lab.host(), "ip", "link", "set", "eth1", "down");
        assertThat(looks(lab, "eth1")).isEqualTo("exists");
        assertThat(looks(lab, "c0")).isEmpty();
      }
    }
  }

  private static String looks(NetLab lab, String name) {
    String java = System.getProperty("java.home") + "/bin/java";
    String path = System.getProperty("java.class.path");
    String[] look = {java, "-cp", path, Look.class.getName(), name, lab.vipAndPrefix()};
    String seen = lab.ok(lab.host(), look).strip();
    String[] ahead = Arrays.copyOf(look, look.length + 1);
    ahead[look.length] = "ahead";
    assertThat(lab.ok(lab.host(), ahead).strip()).as("read ahead").isEqualTo(seen);
    return seen;
  }

  /** Tells what {@link Interfaces} sees, from within another namespace. */
  static final class Look {

    private Look() {}

    public static void main(String[] args) {
      Interfaces interfaces = new Interfaces();
      if (args.length > 2) {
        interfaces = interfaces.ahead();
      }
      InterfaceName name = new InterfaceName(args[0]);
      int slash = args[1].indexOf('/');
      ProtectedAddress address =
          new ProtectedAddress(
              Addresses.parsed(args[1].substring(0, slash)),
              Integer.parseInt(args[1].substring(slash + 1)));
      System.out.println(
          (interfaces.exists(name) ? "exists" : "")
              + (interfaces.hasLink(name) ? " link" : "")
              + (interfaces.has(address, name) ? " here" : ""));
    }
  }
}
