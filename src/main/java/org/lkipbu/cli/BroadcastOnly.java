package org.lkipbu.cli;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.lkipbu.host.Failure;
import org.lkipbu.host.Settings;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.BroadcastPing;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.Proof;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Surroundings;
import org.lkipbu.net.Verifier;

/** Verification by the broadcast ping alone, with nothing probed before. */
final class BroadcastOnly implements Verifier, Preflight {

  private final BroadcastPing ping;
  private final Interfaces interfaces;
  private final Settings settings;

  BroadcastOnly(BroadcastPing ping, Interfaces interfaces, Settings settings) {
    this.ping = ping;
    this.interfaces = interfaces;
    this.settings = settings;
  }

  @Override
  public Surroundings observe(ProtectedAddress address, InterfaceName primary) {
    return new Surroundings(List.of(), interfaces.hasLink(primary));
  }

  @Override
  public Proof verify(Tag tag, ProtectedAddress address, InterfaceName on, Surroundings before) {
    long start = System.nanoTime();
    Duration patience = settings.pingTime().multipliedBy(settings.pingTries());
    InetAddress witness = ping.execute(address, on, Set.of(address.address()), patience);
    if (witness == null) {
      throw new Failure(
          Failure.Kind.UNHEALTHY, "nobody answered a broadcast ping", "check the network of " + on);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new Proof(Proof.Kind.BROADCAST, witness.getHostAddress(), took);
  }

  @Override
  public void check(
      Tag tag,
      ProtectedAddress address,
      InterfaceName primary,
      InterfaceName backup,
      Surroundings before) {}
}
