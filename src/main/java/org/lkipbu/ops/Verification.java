package org.lkipbu.ops;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Proof;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Surroundings;
import org.lkipbu.net.Verifier;

/** Verifies within a critical section. */
public final class Verification {

  /** How long the JVM may take to notice a signal that its children got at the same time. */
  private static final long SIGNAL_MILLIS = 30;

  private final Verifier verifier;
  private final CriticalSection section;

  /** Verification by a verifier, within a section. */
  public Verification(Verifier verifier, CriticalSection section) {
    this.verifier = verifier;
    this.section = section;
  }

  /**
   * Proves that the address answers. A terminal sends ^C to the pings as well: a failure at that
   * moment says nothing about the network, so it is tried once more.
   *
   * @throws Failure UNHEALTHY when no proof could be had
   */
  Proof run(Tag tag, ProtectedAddress address, InterfaceName on, Surroundings before) {
    boolean askedBefore = section.askedToEnd();
    try {
      return verifier.verify(tag, address, on, before);
    } catch (Failure e) {
      if (askedBefore || !askedNow()) {
        throw e;
      }
      return verifier.verify(tag, address, on, before);
    }
  }

  /** Whether the address answers there. */
  boolean succeeds(Tag tag, ProtectedAddress address, InterfaceName on, Surroundings before) {
    try {
      run(tag, address, on, before);
      return true;
    } catch (Failure e) {
      return false;
    }
  }

  private boolean askedNow() {
    try {
      Thread.sleep(SIGNAL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return section.askedToEnd();
  }
}
