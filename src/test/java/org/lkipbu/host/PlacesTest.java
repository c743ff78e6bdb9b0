package org.lkipbu.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlacesTest {

  @TempDir Path folder;

  @Test
  void folders_are_the_usual_ones_unless_the_environment_moves_them() {
    Folders usual = Folders.of(Map.of());
    Folders moved = Folders.of(Map.of("LKIPBU_STATE_DIR", "/a/b", "LKIPBU_RUN_DIR", ""));

    assertThat(usual.state()).isEqualTo(Path.of("/var/lib/lkipbu"));
    assertThat(usual.config()).isEqualTo(Path.of("/etc/lkipbu"));
    assertThat(moved.state()).isEqualTo(Path.of("/a/b"));
    assertThat(moved.run()).isEqualTo(Path.of("/run/lkipbu"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "./x", "/a\nb", "/a\u00e9"})
  void a_folder_that_is_no_absolute_plain_path_is_refused(String value) {
    assertThatThrownBy(() -> Folders.of(Map.of("LKIPBU_STATE_DIR", value)))
        .isInstanceOf(Failure.class);
  }

  @Test
  void this_machine_is_known_by_its_short_and_its_qualified_name() throws Exception {
    ThisMachine qualified = machine("node1.example.org\n");
    ThisMachine plain = machine("node2\n");

    assertThat(qualified.isNamed(new MachineName("node1"))).isTrue();
    assertThat(qualified.isNamed(new MachineName("NODE1.example.org"))).isTrue();
    assertThat(qualified.isNamed(new MachineName("node1.example.com"))).isFalse();
    assertThat(plain.isNamed(new MachineName("node2"))).isTrue();
    assertThat(plain.isNamed(new MachineName("node"))).isFalse();
    assertThat(plain.isNamed(new MachineName("node2.example.org"))).isTrue();
    assertThat(plain.isNamed(new MachineName("node2.example.net"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-oProxyCommand=x", "a b", "a;b", "$(id)", "a\nb", "\u0430", ".a"})
  void what_cannot_be_a_machine_is_refused(String name) {
    assertThatThrownBy(() -> new MachineName(name))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.ILLEGAL));
  }

  @Test
  void a_folder_that_others_may_write_is_refused() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(
        open, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> DurableFiles.makeFolder(open))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("can be written by others");
  }

  @Test
  void a_replaced_file_is_there_whole_with_nothing_beside_it() throws Exception {
    Path file = folder.resolve("file");
    DurableFiles.replace(file, "one");
    DurableFiles.replace(file, "two");

    assertThat(file).hasContent("two");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void what_cannot_be_written_leaves_the_old_file_and_says_why() throws Exception {
    Path file = folder.resolve("gone/file");

    assertThatThrownBy(() -> DurableFiles.replace(file, "text"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.SYSTEM));
  }

  private ThisMachine machine(String content) throws Exception {
    Path file = folder.resolve(content.strip());
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "127.0.1.1 node2.example.org node2 # node2.example.net\n");
    return new ThisMachine(Files.writeString(file, content), hosts);
  }
}
