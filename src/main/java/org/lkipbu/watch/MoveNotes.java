package org.lkipbu.watch;

import java.util.Map;
import java.util.Optional;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.ops.LastMoves;
import org.lkipbu.ops.LastMoves.LastMove;

/** Notes each move for whoever asks later, and tells the administrator's hooks. */
final class MoveNotes {

  private static final long RECENT_MILLIS = 60_000;

  private final LastMoves moves;
  private final Hooks hooks;
  private final Loop loop;

  MoveNotes(LastMoves moves, Hooks hooks, Loop loop) {
    this.moves = moves;
    this.hooks = hooks;
    this.loop = loop;
  }

  /** The interface that an administrator last chose for an address. */
  InterfaceName chosen(Watched one) {
    return moves
        .read(one.tag())
        .filter(last -> last.to().equals(one.primary()))
        .map(LastMove::chosen)
        .orElse(one.primary());
  }

  /** Takes a move down; neither the disk nor a hook holds the watcher up. */
  void moved(Ward ward, LastMove move) {
    Watched seen = ward.seen;
    loop.chore(
        () -> {
          moves.write(seen.tag(), move);
          hooks.run(facts(seen, move));
          return null;
        },
        nothing -> {},
        failure -> {});
  }

  /** Tells the hooks of a move that another command has taken down. */
  void hooks(Ward ward, LastMove move) {
    Watched seen = ward.seen;
    loop.chore(
        () -> {
          hooks.run(facts(seen, move));
          return null;
        },
        nothing -> {},
        failure -> {});
  }

  /** What another command has noted of the move that it made a moment ago. */
  Optional<LastMove> ofOthers(Watched one, InterfaceName from, InterfaceName to) {
    long since = System.currentTimeMillis() - RECENT_MILLIS;
    return moves
        .read(one.tag())
        .filter(last -> last.from().equals(from) && last.to().equals(to))
        .filter(last -> last.atMillis() >= since);
  }

  /** An instance is no more. */
  void forget(Watched seen) {
    moves.forget(seen.tag());
  }

  private static Map<String, String> facts(Watched seen, LastMove move) {
    return Map.of(
        "LKIPBU_TAG", seen.tag().value(),
        "LKIPBU_ADDRESS", seen.address().host(),
        "LKIPBU_PREFIX", Integer.toString(seen.address().prefix()),
        "LKIPBU_FROM", move.from().value(),
        "LKIPBU_TO", move.to().value(),
        "LKIPBU_ASKED", move.asked().name().toLowerCase(java.util.Locale.ROOT),
        "LKIPBU_REASON", move.reason(),
        "LKIPBU_MILLIS", Long.toString(move.tookMillis()));
  }
}
