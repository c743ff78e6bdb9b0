package org.lkipbu.watch;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Neighbour;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.Proof;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Pulse;
import org.lkipbu.net.Surroundings;
import org.lkipbu.net.Verifier;

/**
 * Remembers what was found out about the networks, so that nothing need be asked when an interface
 * dies, and addresses that share an interface and a subnet share the answers: a hundred addresses
 * that move at once do not cost a hundred times the pings. Used by many threads.
 */
final class KnownNetwork implements Verifier, Preflight {

  /** What one address has found out holds for its segment so long. */
  private static final long SHARED_NANOS = 2_000_000_000L;

  private final Verifier verifier;
  private final Preflight preflight;
  private final Pulse pulse;
  private final Predicate<Tag> asksForItself;
  private final Links links;
  private final long probeHolds;
  private final LongSupplier clock;

  private final Map<Segment, Seen> seen = new ConcurrentHashMap<>();
  private final Map<Segment, Found> found = new ConcurrentHashMap<>();
  private final Map<Segment, Object> leaders = new ConcurrentHashMap<>();
  private final Map<Way, Long> probed = new ConcurrentHashMap<>();

  private record Seen(Surroundings surroundings, long at) {}

  /** A proof, or why there was none. */
  private record Found(Proof proof, Failure failure, long at) {}

  /** From a segment to a backup. */
  private record Way(Segment from, InterfaceName backup) {}

  /**
   * @param verifier looks and asks
   * @param preflight probes backups
   * @param asksForItself the instances whose own settings say whom to ask
   * @param probeHolds how long a good probe of a backup is believed, in nanoseconds
   */
  KnownNetwork(
      Verifier verifier,
      Preflight preflight,
      Pulse pulse,
      Predicate<Tag> asksForItself,
      Links links,
      long probeHolds,
      LongSupplier clock) {
    this.verifier = verifier;
    this.preflight = preflight;
    this.pulse = pulse;
    this.asksForItself = asksForItself;
    this.links = links;
    this.probeHolds = probeHolds;
    this.clock = clock;
  }

  @Override
  public Surroundings observe(ProtectedAddress address, InterfaceName primary) {
    Segment segment = new Segment(primary, address);
    Seen last = seen.get(segment);
    if (!links.works(primary)) {
      List<Neighbour> known =
          last == null
              ? verifier.observe(address, primary).neighbours()
              : last.surroundings.neighbours();
      return new Surroundings(known, false);
    }
    boolean knowsSomebody = last != null && !last.surroundings.neighbours().isEmpty();
    if (knowsSomebody && clock.getAsLong() - last.at < SHARED_NANOS) {
      return last.surroundings;
    }
    Surroundings now = verifier.observe(address, primary);
    seen.put(segment, new Seen(now, clock.getAsLong()));
    return now;
  }

  @Override
  public Proof verify(Tag tag, ProtectedAddress address, InterfaceName on, Surroundings before) {
    if (asksForItself.test(tag)) {
      return verifier.verify(tag, address, on, before);
    }
    long began = clock.getAsLong();
    Segment segment = new Segment(on, address);
    Optional<Proof> shared = shared(segment, address, began);
    if (shared.isPresent()) {
      return shared.get();
    }
    synchronized (leaders.computeIfAbsent(segment, s -> new Object())) {
      Found last = found.get(segment);
      if (last != null && last.failure != null && last.at - began > 0) {
        throw last.failure;
      }
      shared = shared(segment, address, began);
      return shared.isPresent() ? shared.get() : lead(tag, address, on, before, segment);
    }
  }

  private Proof lead(
      Tag tag, ProtectedAddress address, InterfaceName on, Surroundings before, Segment segment) {
    try {
      Proof proof = verifier.verify(tag, address, on, before);
      found.put(segment, new Found(proof, null, clock.getAsLong()));
      return proof;
    } catch (Failure e) {
      found.put(segment, new Found(null, e, clock.getAsLong()));
      throw e;
    }
  }

  /**
   * Asks whether an address still answers, by the witness of the last proof where there is one.
   *
   * @throws Failure UNHEALTHY when it does not, which everybody was asked then
   */
  Proof stillAnswers(Watched one) {
    if (!asksForItself.test(one.tag())) {
      Found last = found.get(one.segment());
      Optional<InetAddress> witness =
          last == null || last.proof == null ? Optional.empty() : Pulse.witness(last.proof);
      if (witness.isPresent() && pulse.answers(one.address(), witness.get())) {
        return last.proof;
      }
    }
    Surroundings now = observe(one.address(), one.primary());
    return lead(one.tag(), one.address(), one.primary(), now, one.segment());
  }

  /** A proof that another address had a moment ago, when its witness answers this one as well. */
  private Optional<Proof> shared(Segment segment, ProtectedAddress address, long began) {
    Found last = found.get(segment);
    if (last == null || last.proof == null || began - last.at > SHARED_NANOS) {
      return Optional.empty();
    }
    Optional<InetAddress> witness = Pulse.witness(last.proof);
    return witness.isPresent() && pulse.answers(address, witness.get())
        ? Optional.of(last.proof)
        : Optional.empty();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where a probe was good a moment ago, nothing is asked. That leaves out the look for another
   * machine with the address as well, which could not have come by it in the same moment.
   */
  @Override
  public void check(
      Tag tag,
      ProtectedAddress address,
      InterfaceName primary,
      InterfaceName backup,
      Surroundings before) {
    Way way = new Way(new Segment(primary, address), backup);
    Long last = probed.get(way);
    boolean fresh = last != null && clock.getAsLong() - last < probeHolds;
    if (!fresh || !links.worksNow(backup)) {
      probe(way, tag, address, primary, before);
    }
  }

  /**
   * Probes a backup, whatever is remembered.
   *
   * @throws Failure as {@link Preflight#check}
   */
  void probe(Watched one) {
    InterfaceName primary = one.primary();
    Surroundings now = observe(one.address(), primary);
    probe(
        new Way(one.segment(), one.backup().orElseThrow()), one.tag(), one.address(), primary, now);
  }

  private void probe(
      Way way, Tag tag, ProtectedAddress address, InterfaceName primary, Surroundings before) {
    try {
      preflight.check(tag, address, primary, way.backup, before);
      probed.put(way, clock.getAsLong());
    } catch (Failure e) {
      probed.remove(way);
      throw e;
    }
  }

  /** Whether a backup's last probe was good and is not too old. */
  boolean isGood(Watched one) {
    Long last =
        one.backup().isEmpty() ? null : probed.get(new Way(one.segment(), one.backup().get()));
    return last != null && clock.getAsLong() - last < probeHolds;
  }
}
