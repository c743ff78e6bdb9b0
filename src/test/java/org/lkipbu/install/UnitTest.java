package org.lkipbu.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.ProcessCommandRunner;

/** What systemd itself says of the watcher's unit. */
@Tag("network")
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnitTest {

  private static final Path UNIT = Path.of("scripts/systemd/lkipbu-watch.service");

  @TempDir Path folder;

  @Test
  void systemd_finds_nothing_to_complain_of() throws IOException {
    assertThat(analyze("verify", installed()).err()).isEmpty();
  }

  @Test
  void it_is_exposed_to_little() throws IOException {
    CommandResult result =
        analyze("security", "--offline=true", "--threshold=35", "--no-pager", installed());
    assertThat(result.exitCode()).as(result.out()).isZero();
  }

  @Test
  void settings_of_the_kernel_stay_writable_and_the_end_leaves_moves_whole() throws IOException {
    assertThat(Files.readAllLines(UNIT))
        .contains(
            "ProtectKernelTunables=no",
            "KillMode=mixed",
            "Restart=on-failure",
            "Before=network-online.target",
            "CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW");
  }

  /** The unit as if its program and man page were installed. */
  private String installed() throws IOException {
    String text =
        Files.readString(UNIT)
            .replaceAll("(?m)^ExecStart=.*$", "ExecStart=/bin/true")
            .replaceAll("(?m)^Documentation=.*\n", "");
    return Files.writeString(folder.resolve(UNIT.getFileName()), text).toString();
  }

  private static CommandResult analyze(String... arguments) {
    String[] argv = new String[arguments.length + 1];
    argv[0] = "systemd-analyze";
    System.arraycopy(arguments, 0, argv, 1, arguments.length);
    return new ProcessCommandRunner().run(Command.of(Duration.ofSeconds(60), argv));
  }
}
