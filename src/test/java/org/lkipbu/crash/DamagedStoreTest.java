package org.lkipbu.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a broken disk, a crash or a careless hand did to the files of the store. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DamagedStoreTest {

  private static final String INFO = "A eth0 10.0.0.5 fffffc00 none";

  @TempDir Path folder;
  private InProcess commands;

  @BeforeEach
  void a_store_with_two_instances() {
    commands = new InProcess(folder);
  }

  @Test
  void an_instance_cut_anywhere_is_seen_to_be_cut_and_left_as_it_is() throws IOException {
    Path file = folder.resolve("state/instances/plain");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      commands.assertRefused(5, "-s", "-t", "plain");
      commands.assertRefused(5, "ins_setinfo", "-t", "plain", "-v", INFO);
      assertThat(commands.run("-s", "-t", "named").code()).isZero();
    }
    Files.write(file, whole);
    assertThat(commands.run("-s", "-t", "plain").code()).isZero();
  }

  @Test
  void an_instance_of_noise_is_refused_and_others_are_not() throws IOException {
    Path file = folder.resolve("state/instances/plain");
    byte[] whole = Files.readAllBytes(file);
    for (String noise : HostileValues.all("canary")) {
      Files.write(file, noise.getBytes(StandardCharsets.UTF_8));
      commands.assertRefused(5, "-s", "-t", "plain");
      assertThat(commands.run("ins_list", "-f,").out()).contains("named").doesNotContain("plain");
    }
    for (int at = 0; at < whole.length; at += 7) {
      byte[] broken = whole.clone();
      broken[at] ^= (byte) 0x80;
      Files.write(file, broken);
      assertThat(commands.run("-s", "-t", "plain").code()).isIn(0, 5);
    }
  }

  @Test
  void a_folder_that_others_may_write_is_refused_before_anything_changes() throws IOException {
    assertThat(commands.run("ins_setinfo", "-t", "plain", "-v", INFO).code()).isZero();
    for (String name : List.of("state", "state/instances", "run", "run/locks")) {
      Path open = folder.resolve(name);
      for (String mode : List.of("rwxrwxr-x", "rwxr-xrwx")) {
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(mode));
        commands.assertRefused(1, "ins_setinfo", "-t", "plain", "-v", INFO.replace("A", "B"));
        commands.assertRefused(1, "ins_remove", "-t", "plain");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  @Test
  void what_is_in_the_place_of_an_instance_or_a_folder_is_refused() throws IOException {
    Path instances = folder.resolve("state/instances");
    Files.createDirectory(instances.resolve("folder"));
    Files.createSymbolicLink(instances.resolve("link"), instances.resolve("plain"));
    Files.createSymbolicLink(instances.resolve("nowhere"), Path.of("canary"));
    commands.assertRefused(5, "-s", "-t", "folder");
    commands.assertRefused(5, "-s", "-t", "link");
    commands.assertRefused(5, "-s", "-t", "nowhere");
    commands.assertRefused(5, "ins_setinfo", "-t", "link", "-v", INFO);

    // What a crash left beside an instance is nobody's instance, and in nobody's way.
    Files.writeString(instances.resolve(".plain.new"), "noise");
    assertThat(commands.run("-s", "-t", "plain").code()).isZero();
    assertThat(commands.run("ins_setinfo", "-t", "plain", "-v", INFO.replace("A", "B")).code())
        .isZero();
    assertThat(instances.resolve(".plain.new")).doesNotExist();
  }
}
