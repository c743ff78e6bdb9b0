package org.lkipbu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

/** The archive of classes: used while it fits, and never noticed when it does not. */
@Tag("long")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClassArchiveTest {

  private static final Path PROJECT = Path.of("").toAbsolutePath();

  @TempDir Path home;
  private Path archive;

  @BeforeEach
  void an_installation_with_an_archive() throws IOException {
    copy(PROJECT.resolve("scripts"), home);
    copy(PROJECT.resolve("target/lib"), home.resolve("lib/lib"));
    Files.copy(PROJECT.resolve("target/lkipbu.jar"), home.resolve("lib/lkipbu.jar"));
    assertThat(run("archive").exitCode()).isZero();
    try (Stream<Path> files = Files.walk(home.resolve("lib/archive"))) {
      archive = files.filter(file -> file.endsWith("jsa")).findFirst().orElseThrow();
    }
  }

  @Test
  void it_is_used_while_it_fits_and_only_then() throws IOException {
    assertThat(traced()).contains("-XX:SharedArchiveFile=" + archive);
    assertStarts();
    Path jar = home.resolve("lib/lkipbu.jar");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(traced()).doesNotContain("SharedArchiveFile");
    assertStarts();
    assertThat(run("archive", "--remove").exitCode()).isZero();
    assertThat(home.resolve("lib/archive")).doesNotExist();
    assertStarts();
  }

  @Test
  void one_that_is_damaged_or_belongs_to_other_jars_is_passed_over_in_silence() throws IOException {
    byte[] whole = Files.readAllBytes(archive);
    for (int length : new int[] {0, 1, 5000, whole.length / 2}) {
      Files.write(archive, Arrays.copyOf(whole, length));
      assertStarts();
    }
    Files.write(archive, "no archive at all\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
    assertStarts();
    Files.write(archive, whole);
    Path jar = home.resolve("lib/lib/picocli-4.7.7.jar");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    assertStarts();
  }

  private void assertStarts() {
    CommandResult result = run("lkipbu", "--version");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("lkipbu ").hasLineCount(1);
    assertThat(result.err()).isEmpty();
  }

  /** The commands of the launcher, as {@code sh -x} shows them. */
  private String traced() {
    return run("/bin/sh", List.of("-x", home.resolve("lkipbu").toString(), "--version")).err();
  }

  private CommandResult run(String script, String... arguments) {
    return run(home.resolve(script).toString(), List.of(arguments));
  }

  private static CommandResult run(String program, List<String> arguments) {
    List<String> argv = new ArrayList<>(List.of(program));
    argv.addAll(arguments);
    return new ProcessCommandRunner().run(new Command(argv, Duration.ofMinutes(3), Map.of()));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
