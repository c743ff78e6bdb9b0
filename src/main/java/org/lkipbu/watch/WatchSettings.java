package org.lkipbu.watch;

import java.time.Duration;
import org.lkipbu.host.Settings;

/**
 * How often the watcher looks, and how it judges.
 *
 * @param look LKIPBU_WATCH_LOOK, the pause between two looks at links and addresses
 * @param ping LKIPBU_WATCH_PING, the pause between two pings
 * @param probe LKIPBU_WATCH_PROBE, the pause between two probes of the backups
 * @param announce LKIPBU_WATCH_ANNOUNCE, the pause between two announcements
 * @param mostMoves LKIPBU_WATCH_MOVES, how often an address may move within the window
 * @param window LKIPBU_WATCH_WINDOW, the length of that window
 * @param failbackAfter LKIPBU_FAILBACK_AFTER, how long the interface of an administrator's choice
 *     must have been healthy before an address returns to it
 * @param hookLimit LKIPBU_HOOK_TIMEOUT, how long a hook may take
 */
public record WatchSettings(
    Duration look,
    Duration ping,
    Duration probe,
    Duration announce,
    int mostMoves,
    Duration window,
    Duration failbackAfter,
    Duration hookLimit) {

  /**
   * What an administrator chose.
   *
   * @throws org.lkipbu.host.Failure ILLEGAL when a value is none
   */
  public static WatchSettings of(Settings settings) {
    return new WatchSettings(
        settings.seconds("LKIPBU_WATCH_LOOK", 1, 1, 3600),
        settings.seconds("LKIPBU_WATCH_PING", 5, 1, 3600),
        settings.seconds("LKIPBU_WATCH_PROBE", 10, 1, 3600),
        settings.seconds("LKIPBU_WATCH_ANNOUNCE", 60, 1, 86400),
        settings.number("LKIPBU_WATCH_MOVES", 3, 1, 1000),
        settings.seconds("LKIPBU_WATCH_WINDOW", 60, 1, 86400),
        settings.seconds("LKIPBU_FAILBACK_AFTER", 300, 1, 86400),
        settings.seconds("LKIPBU_HOOK_TIMEOUT", 10, 1, 600));
  }
}
