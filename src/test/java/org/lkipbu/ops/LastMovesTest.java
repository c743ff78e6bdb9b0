package org.lkipbu.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.ops.LastMoves.Asked;
import org.lkipbu.ops.LastMoves.LastMove;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LastMovesTest {

  private static final Tag TAG = new Tag("ip/1");

  @TempDir Path state;

  private LastMove move(String reason) {
    InterfaceName eth0 = new InterfaceName("eth0");
    return new LastMove(7, eth0, new InterfaceName("eth1"), Asked.RECOVERY, reason, 34, eth0);
  }

  @Test
  void what_is_written_is_read() {
    LastMoves moves = new LastMoves(state);
    moves.write(TAG, move("no = carrier \\ !#"));
    assertThat(new LastMoves(state).read(TAG)).contains(move("no = carrier \\ !#"));
  }

  @Test
  void the_last_one_counts_and_an_instance_that_is_gone_has_none() {
    LastMoves moves = new LastMoves(state);
    assertThat(moves.read(TAG)).isEmpty();
    moves.write(TAG, move("first"));
    moves.write(TAG, move("second"));
    assertThat(moves.read(TAG)).contains(move("second"));
    moves.forget(TAG);
    assertThat(moves.read(TAG)).isEmpty();
  }

  @Test
  void noise_is_no_move_and_a_folder_that_cannot_be_made_no_error() throws Exception {
    Files.createDirectory(state.resolve("moves"));
    Files.writeString(state.resolve("moves").resolve(TAG.fileName()), "at=x\n\\u00");
    assertThat(new LastMoves(state).read(TAG)).isEmpty();
    Path file = Files.createFile(state.resolve("file"));
    new LastMoves(file).write(TAG, move("lost"));
    assertThat(new LastMoves(file).read(TAG)).isEmpty();
  }
}
