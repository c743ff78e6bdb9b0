package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@EnabledIf("root")
class NamedIpActionTest {

  private static final ProtectedAddress ADDRESS =
      new ProtectedAddress(Addresses.parsed("192.0.2.50"), 24);
  private static final InterfaceName FROM = new InterfaceName("nosuch0");
  private static final InterfaceName TO = new InterfaceName("nosuch1");

  @TempDir Path folder;
  private Path program;
  private final FakePrograms programs = new FakePrograms();

  static boolean root() {
    return System.getProperty("user.name").equals("root");
  }

  @BeforeEach
  void aProgramOfRoots() throws IOException {
    program = Files.createFile(folder.resolve("theirs")).toRealPath();
    mode(program, "rwxr-xr-x");
  }

  @Test
  void the_template_is_split_before_it_is_filled_in() {
    programs.answer(program.toString(), 0, "", "");
    action("-o {operation}  {address}/{prefix} dev={interface} {tag}").restore(ADDRESS, FROM);
    assertThat(programs.calls())
        .containsExactly(program + " -o restore 192.0.2.50/24 dev=nosuch0 ip-1");
  }

  @Test
  void a_move_is_a_remove_and_a_restore() {
    programs.answer(program.toString(), 0, "", "");
    action(NamedIpAction.DEFAULT_ARGUMENTS).move(ADDRESS, FROM, TO);
    assertThat(programs.calls())
        .containsExactly(
            program + " remove 192.0.2.50/24 nosuch0", program + " restore 192.0.2.50/24 nosuch1");
  }

  @Test
  void a_restore_that_fails_on_the_new_interface_is_followed_by_one_on_the_old() {
    programs.answer(program.toString(), 0, "", "");
    programs.answer(program + " restore 192.0.2.50/24 nosuch1", 3, "", "not today");
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> action(NamedIpAction.DEFAULT_ARGUMENTS).move(ADDRESS, FROM, TO));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.MOVE_FAILED);
    assertThat(failure.problem()).contains("not today");
    assertThat(programs.calls()).last().asString().endsWith("restore 192.0.2.50/24 nosuch0");
  }

  @Test
  void a_program_that_others_may_change_is_refused() throws IOException {
    mode(program, "rwxrwxr-x");
    refused(program);
    mode(program, "rwxr-xr-x");
    mode(folder, "rwxrwxrwx");
    refused(program);
    mode(folder, "rwx------");
    mode(program, "rw-r--r--");
    refused(program);
    refused(folder);
    refused(Path.of("theirs"));
    refused(folder.resolve("nothing"));
    Files.setAttribute(program, "unix:uid", 1);
    mode(program, "rwxr-xr-x");
    refused(program);
  }

  private void refused(Path path) {
    Failure failure = catchThrowableOfType(Failure.class, () -> TrustedProgram.checked(path));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.ILLEGAL);
  }

  private IpAction action(String template) {
    return new NamedIpAction(
        programs,
        program,
        template,
        new Tag("ip-1"),
        Map.of(),
        Duration.ofSeconds(1),
        new Interfaces());
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
