package org.lkipbu.lab;

/** The one shell script that builds a lab, so that a build costs a tenth of a second. */
final class LabScript {

  private LabScript() {}

  static String build(String name, LabPlan plan) {
    String nodad = plan.ipv6() ? " nodad" : "";
    String length = "/" + plan.prefix() + nodad;
    boolean eth0 = plan.own() != Situation.OwnAddresses.NEITHER;
    boolean eth1 = plan.own() == Situation.OwnAddresses.BOTH;
    String ignore = plan.broadcastAnswered() ? "0" : "1";
    StringBuilder script = new StringBuilder("set -e\n");
    for (String one : NetLab.MACHINES) {
      script.append("ip netns add ").append(name).append(one).append('\n');
    }
    script
        .append("ip -batch - <<'EOF'\n")
        .append(cable(name, "h", "eth0", "s", "h0"))
        .append(cable(name, "h", "eth1", "s", "h1"))
        .append(cable(name, "c", "eth0", "s", "c0"))
        .append(cable(name, "r", "eth0", "s", "r0"))
        .append(cable(name, "r", "eth1", "f", "eth0"))
        .append("EOF\n");
    machine(
        script,
        name + "s",
        "for i in all default; do echo 1 >/proc/sys/net/ipv6/conf/$i/disable_ipv6; done",
        """
        link set lo up
        link add br0 type bridge forward_delay 0 mcast_snooping 0
        link set br0 up
        link set h0 master br0 up
        link set h1 master br0 up
        link set c0 master br0 up
        link set r0 master br0 up
        """);
    machine(
        script,
        name + "h",
        sysctls(plan.hardened(), "1"),
        up("eth0", "eth1")
            + (eth0 ? "addr add " + plan.hostEth0() + length + " dev eth0\n" : "")
            + (eth1 ? "addr add " + plan.hostEth1() + length + " dev eth1\n" : "")
            + (eth0 ? "route add default via " + plan.router() + " dev eth0\n" : ""));
    machine(
        script,
        name + "c",
        sysctls(false, ignore),
        up("eth0")
            + ("addr add " + plan.client() + length + " dev eth0\n")
            + ("route add default via " + plan.router() + " dev eth0\n"));
    machine(
        script,
        name + "r",
        sysctls(false, ignore)
            + "\necho 1 >/proc/sys/net/ipv4/ip_forward"
            + "\necho 1 >/proc/sys/net/ipv6/conf/all/forwarding",
        up("eth0", "eth1")
            + ("addr add " + plan.router() + length + " dev eth0\n")
            + ("addr add " + plan.farRouter() + length + " dev eth1\n"));
    machine(
        script,
        name + "f",
        sysctls(false, ignore),
        up("eth0")
            + ("addr add " + plan.far() + length + " dev eth0\n")
            + ("route add default via " + plan.farRouter() + " dev eth0\n"));
    script.append(detectDuplicates(name + "h"));
    return script.toString();
  }

  /** Another machine on the same switch. */
  static String stranger(String name, String letter, String address) {
    boolean ipv6 = address.indexOf(':') >= 0;
    StringBuilder script = new StringBuilder("set -e\nip netns add " + name + letter + "\n");
    script
        .append("ip ")
        .append(cable(name, letter, "eth0", "s", letter + "0"))
        .append("ip -n ")
        .append(name)
        .append("s link set ")
        .append(letter)
        .append("0 master br0 up\n");
    machine(
        script,
        name + letter,
        sysctls(false, "1"),
        up("eth0") + "addr add " + address + (ipv6 ? " nodad" : "") + " dev eth0\n");
    return script.toString();
  }

  /** A namespace behind an interface of the host. */
  static String container(String name, String letter, String address, String gateway) {
    boolean ipv6 = address.indexOf(':') >= 0;
    String nodad = ipv6 ? " nodad" : "";
    String length = address.substring(address.indexOf('/'));
    StringBuilder script = new StringBuilder("set -e\nip netns add " + name + letter + "\n");
    script.append("ip ").append(cable(name, "h", "veth0", letter, "eth0"));
    script.append("ip netns exec ").append(name).append("h sh -e <<'EOF'\n");
    script.append("echo 0 >/proc/sys/net/ipv6/conf/veth0/accept_dad\nip link set veth0 up\n");
    script.append("ip addr add ").append(gateway).append(length).append(nodad);
    script.append(" dev veth0\nEOF\n");
    machine(
        script,
        name + letter,
        sysctls(false, "1"),
        up("eth0")
            + ("addr add " + address + nodad + " dev eth0\n")
            + ("route add default via " + gateway + " dev eth0\n"));
    return script.toString();
  }

  private static String cable(String name, String one, String if1, String other, String if2) {
    return "link add %s netns %s%s type veth peer name %s netns %s%s\n"
        .formatted(if1, name, one, if2, name, other);
  }

  /** Duplicate address detection is off, so that no test waits for it. */
  private static void machine(StringBuilder script, String namespace, String first, String batch) {
    script
        .append("ip netns exec ")
        .append(namespace)
        .append(" sh -e <<'EOF'\n")
        .append("for i in /proc/sys/net/ipv6/conf/*/accept_dad; do echo 0 >$i; done\n")
        .append(first)
        .append("\nip -batch - <<'END'\n")
        .append(batch)
        .append("END\nEOF\n");
  }

  /**
   * Turns it on again on the host, as real hosts have it, once no address of its own waits for it.
   */
  private static String detectDuplicates(String namespace) {
    return """
        ip netns exec %s sh -e <<'EOF'
        n=0
        while [ $n -lt 100 ] && { [ -n "$(ip -6 addr show tentative)" ] ||
          [ -z "$(ip -6 addr show dev eth0 scope link)" ] ||
          [ -z "$(ip -6 addr show dev eth1 scope link)" ]; }; do
          sleep 0.01
          n=$((n + 1))
        done
        for i in default eth0 eth1; do echo 1 >/proc/sys/net/ipv6/conf/$i/accept_dad; done
        EOF
        """
        .formatted(namespace);
  }

  private static String up(String... interfaces) {
    StringBuilder batch = new StringBuilder("link set lo up\n");
    for (String one : interfaces) {
      batch.append("link set ").append(one).append(" up\n");
    }
    return batch.toString();
  }

  /** Every value is set: a new namespace takes some of them from the one that made it. */
  private static String sysctls(boolean hardened, String ignoreBroadcasts) {
    return """
        cd /proc/sys/net
        for i in ipv4/conf/*; do
          echo %s >$i/rp_filter
          echo %s >$i/arp_ignore
          echo %s >$i/arp_announce
          echo 0 >$i/arp_notify
          echo 0 >$i/promote_secondaries
        done
        echo %s >ipv4/icmp_echo_ignore_broadcasts
        echo 0 >ipv4/icmp_echo_ignore_all
        echo 0 2147483647 >ipv4/ping_group_range
        echo %s >ipv6/icmp/echo_ignore_multicast
        cd /"""
        .formatted(
            hardened ? "1" : "0",
            hardened ? "1" : "0",
            hardened ? "2" : "0",
            ignoreBroadcasts,
            ignoreBroadcasts);
  }
}
