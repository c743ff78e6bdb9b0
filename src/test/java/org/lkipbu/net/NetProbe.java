package org.lkipbu.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.lkipbu.instance.Tag;
import org.lkipbu.lab.NetLab;

/** The classes under test on the host of a lab. */
final class NetProbe {

  private static final PingSettings QUICK =
      new PingSettings(1, Duration.ofMillis(900), false, false);

  private final NetLab lab;
  private final PingList lists;
  private PingSettings settings = QUICK;

  NetProbe(NetLab lab) {
    this.lab = lab;
    this.lists = new PingList(lab.folder().resolve("config"));
  }

  NetProbe with(boolean noBroadcast, boolean strict) {
    settings = new PingSettings(QUICK.tries(), QUICK.replyWait(), noBroadcast, strict);
    return this;
  }

  NetProbe withTries(int tries) {
    settings =
        new PingSettings(tries, QUICK.replyWait(), settings.noBroadcast(), settings.strict());
    return this;
  }

  LiveVerifier verifier() {
    return new LiveVerifier(
        lab.runner(lab.host()), settings, lists, new NeighbourMemory(lab.folder().resolve("run")));
  }

  ProbePreflight preflight() {
    return new ProbePreflight(lab.runner(lab.host()), lists, false, false);
  }

  ProtectedAddress address() {
    int slash = lab.vipAndPrefix().indexOf('/');
    return new ProtectedAddress(
        Addresses.parsed(lab.vip()), Integer.parseInt(lab.vipAndPrefix().substring(slash + 1)));
  }

  /** Puts the address on an interface, plainly. */
  void address(String on) {
    boolean ipv6 = address().isIpv6();
    String[] command = {
      "ip", "addr", "add", lab.vipAndPrefix(), "dev", on, ipv6 ? "nodad" : "scope", "global"
    };
    lab.ok(lab.host(), ipv6 ? java.util.Arrays.copyOf(command, 7) : command);
  }

  /** Moves the address as a plain script would, and tells the neighbours. */
  void movePlainly() {
    lab.ok(lab.host(), "ip", "addr", "del", lab.vipAndPrefix(), "dev", "eth0");
    address("eth1");
    if (!address().isIpv6()) {
      lab.run(lab.host(), "arping", "-U", "-c", "1", "-w", "1", "-I", "eth1", lab.vip());
    }
  }

  void list(Tag tag, String text) throws IOException {
    Path file = lists.file(tag);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
