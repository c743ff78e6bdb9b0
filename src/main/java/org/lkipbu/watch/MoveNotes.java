package org.lkipbu.watch;

import java.util.Map;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.ops.LastMoves;
import org.lkipbu.ops.LastMoves.Asked;
import org.lkipbu.ops.LastMoves.LastMove;

/** Notes each move for whoever asks later, and tells the administrator's hooks. */
final class MoveNotes {

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
  void moved(
      Ward ward, InterfaceName from, InterfaceName to, Asked asked, String reason, long millis) {
    if (asked == Asked.ADMINISTRATOR) {
      ward.chosen = to;
    }
    Watched seen = ward.seen;
    LastMove move =
        new LastMove(System.currentTimeMillis(), from, to, asked, reason, millis, ward.chosen);
    loop.chore(
        () -> {
          moves.write(seen.tag(), move);
          hooks.run(facts(seen, move));
          return null;
        },
        nothing -> {},
        failure -> {});
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
