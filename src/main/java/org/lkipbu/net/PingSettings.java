package org.lkipbu.net;

import java.time.Duration;

/**
 * How hard the network is asked, and by what, in a check of an address.
 *
 * @param tries IP_PINGTRIES, how many times a reply is waited for
 * @param replyWait IP_PINGTIME, how long each time
 * @param noBroadcast NOBCASTPING, whether the broadcast ping is turned off
 * @param strict LKIPBU_STRICT_BCASTPING, whether only a reply to a broadcast ping counts, as in the
 *     original
 */
public record PingSettings(int tries, Duration replyWait, boolean noBroadcast, boolean strict) {

  /** LifeKeeper's own defaults ("IP Parameters List"): three tries of one second. */
  public static final PingSettings DEFAULT =
      new PingSettings(3, Duration.ofSeconds(1), false, false);

  /** The same with less patience where it would be longer than a limit of at least 1 ms. */
  public PingSettings within(Duration limit) {
    if (patience().compareTo(limit) <= 0) {
      return this;
    }
    Duration wait = replyWait.compareTo(limit) < 0 ? replyWait : limit;
    return new PingSettings((int) limit.dividedBy(wait), wait, noBroadcast, strict);
  }

  /** How long silence is listened to before it counts as one. */
  public Duration patience() {
    return replyWait.multipliedBy(tries);
  }
}
