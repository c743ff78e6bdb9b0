package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Failure;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TrustedProgramTest {

  @TempDir Path folder;

  @Test
  void lkipbus_own_ipaction_is_refused_when_others_could_have_changed_it() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Path program = Files.createFile(home.resolve("ipaction"));
    Path part = Files.createFile(home.resolve("ipaction.awk"));
    for (Path one : List.of(home, program, part)) {
      chmod(one, "rwxr-xr-x");
    }
    assertThat(TrustedProgram.own(home, "ipaction")).isEqualTo(program);

    for (Path one : List.of(home, program, part)) {
      for (String mode : List.of("rwxrwxr-x", "rwxr-xrwx")) {
        chmod(one, mode);
        assertThatThrownBy(() -> TrustedProgram.own(home, "ipaction"))
            .isInstanceOfSatisfying(
                Failure.class,
                failure -> {
                  assertThat(failure.kind()).isEqualTo(Failure.Kind.SYSTEM);
                  assertThat(failure.problem()).contains(one.toString());
                });
        chmod(one, "rwxr-xr-x");
      }
    }
  }

  private static void chmod(Path path, String mode) throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
