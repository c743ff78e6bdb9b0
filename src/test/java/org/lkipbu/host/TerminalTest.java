package org.lkipbu.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TerminalTest {

  @TempDir Path folder;

  @Test
  void a_terminal_is_one() {
    assertThat(Terminal.isTerminal(Path.of("/dev/ptmx"))).isTrue();
  }

  @Test
  void a_file_a_sink_and_what_is_not_there_are_none() throws Exception {
    assertThat(Terminal.isTerminal(Files.createFile(folder.resolve("file")))).isFalse();
    assertThat(Terminal.isTerminal(Path.of("/dev/null"))).isFalse();
    assertThat(Terminal.isTerminal(folder.resolve("nothing"))).isFalse();
  }
}
