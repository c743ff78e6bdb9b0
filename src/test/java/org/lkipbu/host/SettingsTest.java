package org.lkipbu.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsTest {

  @TempDir Path folder;

  @Test
  void what_nobody_sets_has_its_default() {
    Settings settings = settings(Map.of(), "", "");

    assertThat(settings.pingTries()).isEqualTo(3);
    assertThat(settings.pingTime()).hasSeconds(1);
    assertThat(settings.noBroadcastPing()).isFalse();
    assertThat(settings.lockWait()).hasSeconds(30);
    assertThat(settings.text("LKROOT", "/opt/LifeKeeper")).isEqualTo("/opt/LifeKeeper");
  }

  @Test
  void the_environment_stands_above_our_file_and_that_above_LifeKeepers() {
    Settings settings =
        settings(
            Map.of("IP_PINGTRIES", "7"),
            "IP_PINGTRIES=8\nIP_PINGTIME=9\n",
            "IP_PINGTRIES=10\nIP_PINGTIME=11\nIP_MAX_LINKCHK=12\n");

    assertThat(settings.pingTries()).isEqualTo(7);
    assertThat(settings.pingTime()).hasSeconds(9);
    assertThat(settings.maxLinkCheck()).hasSeconds(12);
  }

  @Test
  void an_empty_variable_counts_as_not_set() {
    assertThat(settings(Map.of("IP_PINGTRIES", ""), "IP_PINGTRIES=5\n", "").pingTries())
        .isEqualTo(5);
  }

  @Test
  void lines_are_read_as_a_shell_would_and_never_evaluated() {
    Settings settings =
        settings(
            Map.of(),
            "# IP_PINGTRIES=1\nexport A=\"a b\"\n  B='$(touch x)' # why\nC=`id`\nD=d # comment\n"
                + "E=\nnonsense\nF=one\nF=two\n",
            "");

    assertThat(settings.text("A", "")).isEqualTo("a b");
    assertThat(settings.text("B", "")).isEqualTo("$(touch x)");
    assertThat(settings.text("C", "")).isEqualTo("`id`");
    assertThat(settings.text("D", "")).isEqualTo("d");
    assertThat(settings.text("E", "usual")).isEqualTo("usual");
    assertThat(settings.text("F", "")).isEqualTo("two");
    assertThat(settings.pingTries()).isEqualTo(3);
  }

  @Test
  void a_wrong_number_is_an_error_that_names_setting_value_and_place() {
    Settings settings = settings(Map.of("IP_PINGTIME", "0"), "IP_PINGTRIES=many\n", "");

    assertThatThrownBy(settings::pingTries)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(Failure.Kind.ILLEGAL);
              assertThat(failure.problem())
                  .isEqualTo("setting IP_PINGTRIES=many is not a whole number from 1 to 100");
              assertThat(failure.advice()).contains("lkipbu.conf");
            });
    assertThatThrownBy(settings::pingTime).hasMessageContaining("IP_PINGTIME=0");
  }

  @Test
  void a_switch_is_1_or_0() {
    assertThat(settings(Map.of("NOBCASTPING", "1"), "", "").noBroadcastPing()).isTrue();
    assertThatThrownBy(() -> settings(Map.of("NOBCASTPING", "yes"), "", "").noBroadcastPing())
        .isInstanceOf(Failure.class);
  }

  @Test
  void a_value_with_control_characters_is_refused() {
    assertThatThrownBy(() -> settings(Map.of("LKROOT", "/opt\n/x"), "", "").text("LKROOT", ""))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.problem()).doesNotContain("\n"));
  }

  @Test
  void a_settings_file_that_is_a_folder_is_an_error_of_the_system() {
    Settings settings = new Settings(Map.of(), List.of(folder));

    assertThatThrownBy(settings::pingTries)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.SYSTEM));
  }

  private Settings settings(Map<String, String> environment, String ours, String theirs) {
    return new Settings(
        environment, List.of(file("lkipbu.conf", ours), file("LifeKeeper", theirs)));
  }

  private Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
