package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScriptIpActionTest {

  private static final ProtectedAddress ADDRESS =
      new ProtectedAddress(Addresses.parsed("192.0.2.50"), 24);
  private static final InterfaceName FROM = new InterfaceName("nosuch0");
  private static final InterfaceName TO = new InterfaceName("nosuch1");

  private final FakePrograms programs = new FakePrograms();
  private final IpAction action =
      new ScriptIpAction(
          programs, Path.of("/home"), Map.of(), Duration.ofSeconds(1), new Interfaces());

  @Test
  void each_operation_is_one_call_with_the_address_and_its_prefix_length() {
    programs.answer("/home/ipaction", 0, "", "");
    action.restore(ADDRESS, FROM);
    action.move(ADDRESS, FROM, TO);
    action.remove(ADDRESS, TO);
    assertThat(programs.calls())
        .containsExactly(
            "/home/ipaction restore 192.0.2.50/24 nosuch0",
            "/home/ipaction move 192.0.2.50/24 nosuch0 nosuch1",
            "/home/ipaction remove 192.0.2.50/24 nosuch1");
  }

  @ParameterizedTest
  @CsvSource({
    "1,SYSTEM",
    "2,INTERNAL",
    "4,EXISTS",
    "5,ILLEGAL",
    "12,BUSY",
    "77,SYSTEM",
    "137,SYSTEM"
  })
  void the_exit_code_of_a_restore_says_what_was_wrong_and_stderr_says_why(
      int exitCode, Failure.Kind kind) {
    programs.answer("/home/ipaction restore", exitCode, "", "x\nipaction: the\treason\n\n");
    Failure failure = catchThrowableOfType(Failure.class, () -> action.restore(ADDRESS, FROM));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.problem()).endsWith("could not be put on nosuch0: the?reason");
  }

  @ParameterizedTest
  @CsvSource({"4,EXISTS", "5,ILLEGAL", "10,MOVE_FAILED", "11,ADDRESS_LOST", "12,BUSY"})
  void a_move_that_says_where_the_address_is_is_believed(int exitCode, Failure.Kind kind) {
    programs.answer("/home/ipaction move", exitCode, "", "");
    Failure failure = catchThrowableOfType(Failure.class, () -> action.move(ADDRESS, FROM, TO));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.problem()).endsWith("ipaction ended with status " + exitCode);
    assertThat(programs.calls()).hasSize(1);
  }

  @Test
  void after_a_move_that_was_killed_the_address_is_put_back() {
    programs.answer("/home/ipaction move", 137, "", "");
    programs.answer("/home/ipaction restore", 0, "", "");
    Failure failure = catchThrowableOfType(Failure.class, () -> action.move(ADDRESS, FROM, TO));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.MOVE_FAILED);
    assertThat(programs.calls()).last().isEqualTo("/home/ipaction restore 192.0.2.50/24 nosuch0");
  }

  @Test
  void where_it_cannot_be_put_back_it_is_said_to_be_lost() {
    programs.answer("/home/ipaction move", 137, "", "");
    programs.answer("/home/ipaction restore", 1, "", "ipaction: no such device");
    Failure failure = catchThrowableOfType(Failure.class, () -> action.move(ADDRESS, FROM, TO));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.ADDRESS_LOST);
    assertThat(failure.problem()).contains("no such device");
  }
}
