package org.lkipbu.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls over a transport that is a shell on this host. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RemoteCallTest {

  private static final MachineName THERE = new MachineName("there");
  private static final Transport SHELL = (machine, words) -> shell(String.join(" ", words));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static List<String> shell(String line) {
    return List.of("/bin/sh", "-c", line);
  }

  private int call(Transport transport, String... argv) {
    return new RemoteCall(transport, Duration.ofSeconds(20)).run(THERE, List.of(argv), out, err);
  }

  @Test
  void output_and_exit_code_come_back_unchanged() {
    int code = call(SHELL, "/bin/sh", "-c", "echo one; printf 'two\\n\\377' >&2; exit 255");

    assertThat(code).isEqualTo(255);
    assertThat(out).hasToString("one\n");
    assertThat(err.toString(StandardCharsets.ISO_8859_1)).isEqualTo("two\n\u00ff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$(touch x)",
        "a b",
        "it's",
        "\"",
        "`id`",
        "a;b",
        "-n",
        "",
        "*",
        "\\",
        "a\nb",
        "#"
      })
  void every_word_arrives_as_it_was(String word) {
    assertThat(call(SHELL, "/usr/bin/printf", "[%s]", word)).isZero();
    assertThat(out).hasToString("[" + word + "]");
  }

  @Test
  void a_nine_of_the_other_side_names_the_machine() {
    assertThat(call(SHELL, "/bin/sh", "-c", "echo why >&2; exit 9")).isEqualTo(9);
    assertThat(err).hasToString("there: why\n");
  }

  @Test
  void a_megabyte_arrives_whole() {
    int code =
        call(SHELL, "/bin/sh", "-c", "head -c 3000000 /dev/zero; head -c 2000000 /dev/zero >&2");

    assertThat(code).isZero();
    assertThat(out.size()).isEqualTo(3_000_000);
    assertThat(err.size()).isEqualTo(2_000_000);
  }

  @Test
  void a_transport_that_ends_before_anything_ran_means_unreachable_whatever_its_code() {
    for (int code : new int[] {0, 1, 9, 255}) {
      Transport broken = (machine, words) -> shell("echo 'no route' >&2; exit " + code);
      assertFails(
          () -> call(broken, "/bin/true"),
          Failure.Kind.UNREACHABLE,
          "could not be reached, no route");
    }
  }

  @Test
  void a_connection_that_is_lost_on_the_way_is_told_from_one_that_never_was() {
    Transport cut =
        (machine, words) -> {
          List<String> all = new ArrayList<>(words);
          return shell("{ " + String.join(" ", all) + "; } 2>&1 | head -n 1 >&2; exit 255");
        };

    assertFails(() -> call(cut, "/bin/sleep", "0"), Failure.Kind.UNREACHABLE, "was lost while");
  }

  @Test
  void a_program_that_is_not_there_is_said_so() {
    assertFails(() -> call(SHELL, "/nowhere/lkipbu"), Failure.Kind.SYSTEM, "there has no /nowhere");
  }

  @Test
  void a_call_that_takes_too_long_is_given_up() {
    RemoteCall call = new RemoteCall(SHELL, Duration.ofMillis(700));

    assertFails(
        () -> call.run(THERE, List.of("/bin/sleep", "30"), out, err),
        Failure.Kind.UNREACHABLE,
        "longer than");
  }

  @Test
  void ssh_gets_no_terminal_no_question_and_no_option_that_weakens_it() {
    List<String> argv = new SshTransport(Duration.ofSeconds(7)).argv(THERE, List.of("'a'"));

    assertThat(argv)
        .containsSubsequence("ssh", "BatchMode=yes", "ConnectTimeout=7", "--", "there", "'a'")
        .noneMatch(word -> word.contains("StrictHostKey") || word.contains("KnownHosts"));
  }

  @Test
  void lcdremexec_is_called_as_documented() {
    List<String> argv = new LifeKeeperTransport(Path.of("/nowhere")).argv(THERE, List.of("'a'"));

    assertThat(argv).containsExactly("/nowhere/bin/lcdremexec", "-e", "-d", "there", "--", "'a'");
  }

  private static void assertFails(ThrowingCallable call, Failure.Kind kind, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.problem()).contains(words);
            });
  }
}
