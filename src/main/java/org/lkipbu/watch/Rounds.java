package org.lkipbu.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;

/** The looks, pings and probes that are made again and again; on the watcher's thread. */
final class Rounds {

  private final Wards wards;
  private final Loop loop;
  private final Links links;
  private final KnownAddresses addresses;
  private final KnownNetwork network;
  private final Care care;
  private final Recovery recovery;
  private final WatchLog log;

  /** What is known of each segment. */
  private final Map<Segment, Ground> grounds = new HashMap<>();

  /** A segment as the pings see it. */
  private static final class Ground {
    private int turn;
    private boolean asking;
    private boolean answered;
    private boolean told;
  }

  /** From a segment to a backup, with whether its last probe failed. */
  private record Way(Segment from, InterfaceName backup) {}

  private final Set<Way> bad = new HashSet<>();

  Rounds(
      Wards wards,
      Loop loop,
      Links links,
      KnownAddresses addresses,
      KnownNetwork network,
      Care care,
      Recovery recovery,
      WatchLog log) {
    this.wards = wards;
    this.loop = loop;
    this.links = links;
    this.addresses = addresses;
    this.network = network;
    this.care = care;
    this.recovery = recovery;
    this.log = log;
  }

  /** Looks at links and addresses, of all; starts no program. */
  void look() {
    look(wards.idle(), false);
  }

  /** The same, and asks the kernel for all addresses instead of believing its events. */
  void lookHard() {
    addresses.readAnew();
    look();
  }

  /** Looks at some of them. */
  void look(Collection<Ward> some) {
    List<Ward> idle = new ArrayList<>();
    for (Ward ward : some) {
      if (ward.idle()) {
        idle.add(ward);
      }
    }
    look(idle, false);
  }

  /**
   * Looks at all after the kernel has said that something changed, which counts as a first look.
   */
  void lookAfterEvent() {
    look(wards.idle(), true);
  }

  /** Before an address counts as gone, the kernel itself is asked, once for all of them. */
  private void look(Collection<Ward> idle, boolean second) {
    boolean asked = false;
    for (Ward ward : idle) {
      Watched seen = ward.seen;
      boolean works = links.works(seen.primary());
      if (works && !asked && !addresses.has(seen.address(), seen.primary())) {
        addresses.readAnew();
        asked = true;
      }
      look(ward, works, works && addresses.has(seen.address(), seen.primary()), second);
    }
  }

  private void look(Ward ward, boolean works, boolean present, boolean second) {
    InterfaceName primary = ward.seen.primary();
    if (!works) {
      recovery.ill(ward, true, primary + " is set down or has no link");
    } else if (!present) {
      recovery.ill(ward, second, "it was not configured on " + primary);
    } else if (ward.silent) {
      recovery.ill(ward, true, "nobody answers it on " + primary);
    } else {
      recovery.well(ward);
    }
  }

  /** Pings from one address of each segment, from another each time. */
  void ping() {
    Map<Segment, List<Ward>> groups = wards.idleBy(Watched::segment);
    grounds.keySet().retainAll(groups.keySet());
    for (Map.Entry<Segment, List<Ward>> group : groups.entrySet()) {
      Ground ground = grounds.computeIfAbsent(group.getKey(), s -> new Ground());
      if (ground.asking || !links.works(group.getKey().on())) {
        continue;
      }
      ground.asking = true;
      Ward asker = group.getValue().get(Math.floorMod(ground.turn++, group.getValue().size()));
      Watched seen = asker.seen;
      loop.chore(
          () -> network.stillAnswers(seen),
          quick -> answered(group.getKey(), ground),
          silence -> silent(group.getKey(), ground, seen, silence));
    }
  }

  private void answered(Segment segment, Ground ground) {
    ground.asking = false;
    if (!ground.answered) {
      // Now somebody is known whom a backup can be probed with.
      ground.answered = true;
      probe();
    }
    if (ground.told) {
      ground.told = false;
      log.notice("the network of " + segment.on() + " answers");
    }
    for (Ward ward : wards.idle()) {
      if (ward.seen.segment().equals(segment)) {
        ward.silent = false;
      }
    }
  }

  /** Silence where somebody has answered before is a failure; where nobody ever did it is none. */
  private void silent(Segment segment, Ground ground, Watched asker, Failure silence) {
    ground.asking = false;
    if (silence.kind() != Failure.Kind.UNHEALTHY) {
      log.warning(asker.tag() + ": could not be checked, " + silence.problem());
      return;
    }
    if (!ground.answered) {
      if (!ground.told) {
        ground.told = true;
        log.warning(
            "nobody on the network of "
                + segment.on()
                + " answers, so links alone are watched: "
                + silence.problem()
                + ": "
                + silence.advice());
      }
      return;
    }
    for (Ward ward : wards.idle()) {
      if (ward.seen.segment().equals(segment) && links.works(segment.on())) {
        ward.silent = true;
        recovery.ill(ward, true, "nobody answers it on " + segment.on());
      }
    }
  }

  /**
   * Probes each backup from each segment, so that what it is worth is known before it is needed.
   */
  void probe() {
    Map<Way, List<Ward>> ways = new HashMap<>();
    for (Ward ward : wards.idle()) {
      if (ward.seen.backup().isPresent() && links.works(ward.seen.primary())) {
        Way way = new Way(ward.seen.segment(), ward.seen.backup().get());
        ways.computeIfAbsent(way, w -> new ArrayList<>()).add(ward);
      }
    }
    bad.retainAll(ways.keySet());
    for (Map.Entry<Way, List<Ward>> one : ways.entrySet()) {
      Way way = one.getKey();
      if (links.works(way.backup)) {
        Watched seen = one.getValue().get(0).seen;
        loop.chore(
            () -> {
              network.probe(seen);
              return null;
            },
            good -> probed(way, null),
            failure -> probed(way, failure));
      }
    }
  }

  private void probed(Way way, Failure failure) {
    if (failure == null) {
      if (bad.remove(way)) {
        log.notice("the backup " + way.backup + " of " + way.from.on() + " works again");
      }
    } else if (bad.add(way)) {
      log.warning("the backup " + way.backup + " fails its probe: " + failure.problem());
      announceBesides(way.backup);
    }
  }

  /** Tells the network of every address again. */
  void announce() {
    for (Ward ward : wards.idle()) {
      announce(ward);
    }
  }

  /**
   * Clients may have learnt the other interface's link-layer address, which has changed or died.
   */
  void announceBesides(InterfaceName other) {
    for (Ward ward : wards.idle()) {
      if (!ward.seen.primary().equals(other)) {
        announce(ward);
      }
    }
  }

  /** Tells the network of one address again. */
  void announce(Ward ward) {
    Watched seen = ward.seen;
    if (links.works(seen.primary())) {
      loop.chore(
          () -> {
            care.announce(seen);
            return null;
          },
          done -> {},
          failure -> log.warning(seen.tag() + ": was not announced, " + failure.problem()));
    }
  }

  /** Returns addresses to the interface that an administrator chose, where the time has come. */
  void failBack(long now) {
    for (Ward ward : wards.idle()) {
      Watched seen = ward.seen;
      boolean healthy =
          seen.backup().isPresent() && links.works(seen.backup().get()) && network.isGood(seen);
      if (ward.judgement.heldFor(now) == 0
          && ward.failback.due(ward.chosen, seen.primary(), seen.backup(), healthy, now)) {
        failBack(ward);
      }
    }
  }

  private void failBack(Ward ward) {
    Watched seen = ward.seen;
    ward.failback.tried();
    ward.judgement.begin();
    loop.aside(
        () -> care.move(seen),
        moved -> recovery.returned(ward, moved),
        failure -> {
          ward.judgement.mended();
          log.warning(ward + ": did not return, " + failure.problem());
        });
  }
}
