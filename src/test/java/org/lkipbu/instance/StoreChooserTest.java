package org.lkipbu.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Failure;
import org.lkipbu.host.Failure.Kind;
import org.lkipbu.host.Folders;
import org.lkipbu.host.ProcessCommandRunner;
import org.lkipbu.host.Settings;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StoreChooserTest {

  @TempDir Path root;
  private final Map<String, String> environment = new HashMap<>();
  private Path command;

  @BeforeEach
  void a_lifekeeper() throws IOException {
    command = Files.createDirectories(root.resolve("bin")).resolve("ins_list");
    Files.writeString(command, "#!/bin/sh\nexit 7\n");
    mode(command, "rwxr-xr-x");
    environment.put("LKROOT", root.toString());
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private InstanceStore chosen() {
    Folders folders = new Folders(root.resolve("s"), root.resolve("r"), root.resolve("c"));
    Settings settings = new Settings(environment, List.of());
    return new StoreChooser(settings, folders, new ProcessCommandRunner()).choose();
  }

  private static void fails(Kind kind, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void lifekeeper_is_the_home_where_ins_list_can_be_executed() {
    assertThat(chosen()).isInstanceOf(LifeKeeperStore.class);
    fails(Kind.NOT_FOUND, () -> chosen().find(new Tag("x")));
  }

  @Test
  void otherwise_the_embedded_store_is() throws IOException {
    mode(command, "rw-r--r--");

    assertThat(chosen()).isInstanceOf(EmbeddedStore.class);
  }

  @Test
  void a_setting_decides() throws IOException {
    environment.put("LKIPBU_STORE", "embedded");
    assertThat(chosen()).isInstanceOf(EmbeddedStore.class);

    environment.put("LKIPBU_STORE", "lifekeeper");
    assertThat(chosen()).isInstanceOf(LifeKeeperStore.class);

    Files.delete(command);
    fails(Kind.SYSTEM, this::chosen);
  }

  @Test
  void wrong_settings_are_illegal() {
    environment.put("LKIPBU_STORE", "LifeKeeper");
    fails(Kind.ILLEGAL, this::chosen);

    environment.put("LKIPBU_STORE", "lifekeeper");
    environment.put("LKROOT", "opt/LifeKeeper");
    fails(Kind.ILLEGAL, this::chosen);
  }

  @Test
  void commands_that_others_may_write_are_refused() throws IOException {
    mode(command, "rwxr-xrwx");

    fails(Kind.SYSTEM, this::chosen);
  }
}
