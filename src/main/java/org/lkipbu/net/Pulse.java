package org.lkipbu.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.lkipbu.host.CommandRunner;

/** The cheapest sign of life: one system that has answered an address before is asked again. */
public final class Pulse {

  private final CommandRunner runner;
  private final Duration patience;

  /**
   * @param runner runs ping
   * @param patience how long silence is listened to
   */
  public Pulse(CommandRunner runner, Duration patience) {
    this.runner = runner;
    this.patience = patience;
  }

  /** The system that a proof names, where it can be asked again. */
  public static Optional<InetAddress> witness(Proof proof) {
    return switch (proof.kind()) {
      case BROADCAST, PING_LIST, NEIGHBOUR_ECHO ->
          Optional.ofNullable(Addresses.parsed(proof.witness()));
      case LINK_LAYER, LINK_ONLY -> Optional.empty();
    };
  }

  /** Whether the system answers an echo from the address that takes the way of every reply. */
  public boolean answers(ProtectedAddress from, InetAddress witness) {
    return new Echo(runner).answersOnce(from, witness, patience);
  }
}
