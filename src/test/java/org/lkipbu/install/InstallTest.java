package org.lkipbu.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.ProcessCommandRunner;
import org.lkipbu.lab.Built;

/** scripts/install and scripts/uninstall, below a folder of the test; they need the built jar. */
@Tag("network")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InstallTest {

  private static final String PREFIX = "/opt/some where";

  @TempDir Path root;
  private Path prefix;

  @BeforeEach
  void install_it() {
    Built.checkFresh();
    prefix = root.resolve(PREFIX.substring(1));
    ok(install());
  }

  @Test
  void the_command_runs_by_its_name() {
    CommandResult version = run(prefix.resolve("sbin/lkipbu").toString(), "--version");
    assertThat(version.err()).isEmpty();
    assertThat(version.out()).startsWith("lkipbu ");
  }

  @Test
  void the_commands_of_the_store_run_from_their_folder() {
    CommandResult list = run(prefix.resolve("lib/lkipbu/lcd/ins_list").toString(), "-t", "none");
    assertThat(list.exitCode()).as(list.err()).isEqualTo(7);
  }

  @Test
  void every_file_is_below_the_prefix_and_whatever_serves_the_host_is_there() throws IOException {
    Map<String, String> files = files(root);
    assertThat(files.keySet()).allMatch(file -> file.startsWith(PREFIX.substring(1) + "/"));
    assertThat(files(prefix).keySet())
        .contains("sbin/lkipbu", "share/bash-completion/completions/lkipbu")
        .contains("lib/lkipbu/lib/lkipbu.jar", "lib/lkipbu/ipaction", "lib/lkipbu/launch.sh")
        .containsAll(manPages())
        .noneMatch(file -> file.contains("/test") || file.endsWith("install"));
  }

  @Test
  void units_start_what_is_below_the_prefix() {
    assertThat(prefix.resolve("lib/systemd/system/lkipbu-watch.service"))
        .content()
        .contains("ExecStart=" + PREFIX + "/sbin/lkipbu --watch");
  }

  @Test
  void installing_again_changes_nothing() throws IOException {
    Map<String, String> before = files(root);
    ok(install());
    assertThat(files(root)).isEqualTo(before);
  }

  @Test
  void what_an_earlier_version_had_and_this_one_lacks_is_removed() throws IOException {
    Map<String, String> before = files(root);
    Path old = Files.createDirectories(prefix.resolve("lib/lkipbu/old")).resolve("program");
    Files.createFile(old);
    Files.writeString(
        prefix.resolve("lib/lkipbu/installed"),
        "lib/lkipbu/old/program\n",
        StandardOpenOption.APPEND);
    ok(install());
    assertThat(files(root)).isEqualTo(before);
    assertThat(old.getParent()).doesNotExist();
  }

  @Test
  void uninstalling_removes_what_was_installed_and_nothing_else() throws IOException {
    Path foreign = Files.createFile(prefix.resolve("share/man/man8/other.8.gz"));
    ok(uninstall());
    assertThat(files(root).keySet()).containsExactly(root.relativize(foreign).toString());
    assertThat(prefix.resolve("lib/lkipbu")).doesNotExist();
    ok(uninstall());
    assertThat(files(root)).hasSize(1);
  }

  @Test
  void a_list_that_leads_elsewhere_is_not_followed() throws IOException {
    Path precious = Files.createFile(root.resolve("precious"));
    Files.writeString(
        prefix.resolve("lib/lkipbu/installed"),
        "lib/lkipbu/../../../../precious\n",
        StandardOpenOption.APPEND);
    ok(uninstall());
    assertThat(precious).exists();
  }

  private List<String> manPages() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("man"))) {
      return pages
          .map(page -> page.getFileName().toString())
          .map(name -> "share/man/man" + name.charAt(name.length() - 1) + "/" + name + ".gz")
          .toList();
    }
  }

  private CommandResult install() {
    return run(Built.argv("install"));
  }

  private CommandResult uninstall() {
    return run(Built.argv("uninstall"));
  }

  private CommandResult run(String... argv) {
    Map<String, String> environment =
        Map.of(
            "DESTDIR",
            root.toString(),
            "PREFIX",
            PREFIX,
            "LKIPBU_STORE",
            "embedded",
            "LKIPBU_STATE_DIR",
            root.resolveSibling("no-state").toString());
    return new ProcessCommandRunner()
        .run(new Command(List.of(argv), Duration.ofMinutes(1), environment));
  }

  private static void ok(CommandResult result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  /** Each file below a folder, and what tells whether it changed. */
  private static Map<String, String> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .collect(
              Collectors.toMap(
                  file -> folder.relativize(file).toString(),
                  InstallTest::content,
                  (one, other) -> one,
                  TreeMap::new));
    }
  }

  private static String content(Path file) {
    try {
      return Files.isSymbolicLink(file)
          ? "-> " + Files.readSymbolicLink(file)
          : Files.getPosixFilePermissions(file) + " " + Files.size(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
