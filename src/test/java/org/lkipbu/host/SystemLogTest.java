package org.lkipbu.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SystemLogTest {

  private final List<List<String>> started = new ArrayList<>();

  @Test
  void a_change_is_one_notice() {
    log(Map.of()).done("lkipbu -m ip1: moved\n");

    assertThat(started)
        .containsExactly(
            List.of("logger", "-t", "lkipbu", "-p", "local6.notice", "--", "lkipbu -m ip1: moved"));
  }

  @Test
  void LifeKeepers_settings_choose_name_and_facility() {
    log(Map.of("LKSYSLOGTAG", "LifeKeeper", "LKSYSLOGSELECTOR", "local3")).failed("-x");

    assertThat(started)
        .containsExactly(List.of("logger", "-t", "LifeKeeper", "-p", "local3.err", "--", "-x"));
  }

  @Test
  void what_others_wrote_stays_one_short_line_of_plain_text() {
    log(Map.of()).done("a\nb\u001b[2J" + "x".repeat(5000));

    String message = started.get(0).get(6);
    assertThat(message).startsWith("a b?[2Jxxx").hasSizeLessThan(900);
  }

  @Test
  void a_host_without_logger_or_with_wrong_settings_harms_nothing() {
    Unattended none =
        command -> {
          throw new Failure(Failure.Kind.SYSTEM, "there is no logger", "");
        };
    new SystemLog(new Settings(Map.of(), List.of()), none, "lkipbu").done("x");
    log(Map.of("LKSYSLOGTAG", "a\u0001")).done("x");

    assertThat(started).isEmpty();
  }

  private SystemLog log(Map<String, String> settings) {
    return new SystemLog(
        new Settings(settings, List.of()), command -> started.add(command.argv()), "lkipbu");
  }
}
