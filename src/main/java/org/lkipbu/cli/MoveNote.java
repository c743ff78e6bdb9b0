package org.lkipbu.cli;

import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.ops.LastMoves;
import org.lkipbu.ops.LastMoves.Asked;
import org.lkipbu.ops.LastMoves.LastMove;
import org.lkipbu.ops.MoveToBackup.Moved;
import org.lkipbu.ops.Recover.Recovered;

/** Notes the moves that commands make, for {@code --list}, {@code --json} and the watcher. */
final class MoveNote {

  private final LastMoves moves;
  private final long began = System.nanoTime();

  /** A note for a move that begins now. */
  MoveNote(LastMoves moves) {
    this.moves = moves;
  }

  /** Notes a move that an administrator asked for; out of service nothing has moved. */
  Moved moved(Tag tag, Moved moved, String reason) {
    if (moved.proof().isPresent()) {
      write(tag, moved.from(), moved.to(), Asked.ADMINISTRATOR, reason, moved.to());
    }
    return moved;
  }

  /** Notes a recovery that ended in a move; where an administrator wants the address stays. */
  Recovered recovered(Recovered done) {
    if (done.moved()) {
      InterfaceName chosen =
          moves
              .read(done.tag())
              .filter(last -> last.to().equals(done.from()))
              .map(LastMove::chosen)
              .orElse(done.from());
      write(done.tag(), done.from(), done.to(), Asked.RECOVERY, done.reason(), chosen);
    }
    return done;
  }

  private void write(
      Tag tag,
      InterfaceName from,
      InterfaceName to,
      Asked asked,
      String reason,
      InterfaceName chosen) {
    long took = (System.nanoTime() - began) / 1_000_000;
    moves.write(
        tag, new LastMove(System.currentTimeMillis(), from, to, asked, reason, took, chosen));
  }
}
