package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.Tag;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PingListTest {

  private static final Tag TAG = new Tag("db/ip-1");

  @TempDir Path configuration;

  @Test
  void a_tag_without_a_file_has_an_empty_list() {
    assertThat(new PingList(configuration).of(TAG)).isEmpty();
  }

  @Test
  void it_has_one_address_a_line_with_comments_and_blank_lines() throws IOException {
    write("# routers\n10.0.0.1\n\n  10.0.0.2   # the second\r\nfd00::1");
    assertThat(new PingList(configuration).of(TAG))
        .extracting(Addresses::text)
        .containsExactly("10.0.0.1", "10.0.0.2", "fd00::1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"router", "10.0.0.1 10.0.0.2", "-f", "10.0.0.0/24", "$(touch /tmp/x)", "\u0000"})
  void anything_else_is_an_error_that_names_file_and_line(String line) throws IOException {
    write("10.0.0.1\n" + line + "\n");
    assertThatThrownBy(() -> new PingList(configuration).of(TAG))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("line 2 of " + new PingList(configuration).file(TAG));
  }

  @Test
  void a_list_without_end_is_not_read_to_it() throws IOException {
    write("10.0.0.1\n".repeat(10_000));
    assertThatThrownBy(() -> new PingList(configuration).of(TAG))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("larger than");
  }

  private void write(String text) throws IOException {
    Path file = new PingList(configuration).file(TAG);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
