package org.lkipbu.watch;

import java.util.ArrayList;
import java.util.List;
import org.lkipbu.host.Failure;

/**
 * Puts right rules and routes after the host's network has changed. Changes that come while that
 * goes on, its own among them, are looked at afterwards; when nothing had to be put right there are
 * none.
 */
final class Tending {

  private final Wards wards;
  private final Loop loop;
  private final Links links;
  private final Care care;
  private final WatchLog log;
  private int going;
  private boolean again;

  Tending(Wards wards, Loop loop, Links links, Care care, WatchLog log) {
    this.wards = wards;
    this.loop = loop;
    this.links = links;
    this.care = care;
    this.log = log;
  }

  /** Tends every address that is in service on an interface that works. */
  void all() {
    if (going > 0) {
      again = true;
      return;
    }
    List<Watched> tended = new ArrayList<>();
    for (Ward ward : wards.idle()) {
      if (links.works(ward.seen.primary())) {
        tended.add(ward.seen);
      }
    }
    if (!tended.isEmpty()) {
      going = tended.size();
      long began = System.nanoTime();
      for (Watched one : tended) {
        loop.chore(() -> tend(one, began), done -> ended(), failure -> ended());
      }
    }
  }

  private Void tend(Watched one, long began) {
    try {
      String putRight = care.tend(one);
      if (!putRight.isEmpty()) {
        long millis = (System.nanoTime() - began) / 1_000_000;
        log.notice(
            one.tag()
                + " ("
                + one.address().host()
                + "): rules and routes put right on "
                + one.primary()
                + " in "
                + millis
                + " ms: "
                + putRight);
      }
    } catch (Failure e) {
      log.warning(one.tag() + ": rules and routes could not be put right, " + e.problem());
    }
    return null;
  }

  private void ended() {
    going--;
    if (going == 0 && again) {
      again = false;
      all();
    }
  }
}
