package org.lkipbu.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.lkipbu.watch.Judgement.Verdict;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JudgementTest {

  private final Judgement judgement =
      new Judgement(new HoldDown(3, seconds(60)), new BackOff(seconds(1), seconds(60)));

  @Test
  void what_is_certain_is_acted_upon_at_once() {
    assertThat(judgement.ill(true, 0)).isEqualTo(Verdict.RECOVER);
  }

  @Test
  void what_may_be_chance_is_looked_at_a_second_time() {
    assertThat(judgement.ill(false, 0)).isEqualTo(Verdict.LOOK_AGAIN);
    assertThat(judgement.ill(false, seconds(1))).isEqualTo(Verdict.RECOVER);
  }

  @Test
  void a_second_look_that_finds_nothing_ends_the_suspicion() {
    judgement.ill(false, 0);
    judgement.well();
    assertThat(judgement.ill(false, seconds(1))).isEqualTo(Verdict.LOOK_AGAIN);
  }

  @Test
  void nothing_is_begun_while_something_goes_on() {
    judgement.ill(true, 0);
    assertThat(judgement.acting()).isTrue();
    assertThat(judgement.ill(true, 1)).isEqualTo(Verdict.LEAVE);
    judgement.mended();
    assertThat(judgement.ill(true, 2)).isEqualTo(Verdict.RECOVER);
  }

  @Test
  void the_pauses_after_failed_attempts_grow_up_to_a_limit() {
    long now = 0;
    long[] pauses = new long[9];
    for (int i = 0; i < pauses.length; i++) {
      assertThat(judgement.ill(true, now)).isEqualTo(Verdict.RECOVER);
      judgement.failed(now);
      pauses[i] = judgement.resting(now);
      assertThat(judgement.ill(true, now + pauses[i] - 1)).isEqualTo(Verdict.LEAVE);
      now += pauses[i];
    }
    assertThat(pauses)
        .containsExactly(
            seconds(1),
            seconds(2),
            seconds(4),
            seconds(8),
            seconds(16),
            seconds(32),
            seconds(60),
            seconds(60),
            seconds(60));
  }

  @Test
  void an_interface_that_comes_back_ends_the_pause() {
    judgement.ill(true, 0);
    judgement.failed(0);
    judgement.changed();
    assertThat(judgement.ill(true, 1)).isEqualTo(Verdict.RECOVER);
    judgement.failed(1);
    assertThat(judgement.resting(1)).isEqualTo(seconds(1));
  }

  @Test
  void the_fourth_move_within_a_minute_is_held_and_said_once() {
    for (int i = 0; i < 3; i++) {
      assertThat(judgement.ill(true, seconds(i))).isEqualTo(Verdict.RECOVER);
      judgement.moved(seconds(i));
    }
    assertThat(judgement.ill(true, seconds(3))).isEqualTo(Verdict.MEND_ONLY);
    assertThat(judgement.sayHeld()).isTrue();
    assertThat(judgement.sayHeld()).isFalse();
    judgement.mended();
    judgement.well();
    assertThat(judgement.heldFor(seconds(3))).isEqualTo(seconds(57));
    assertThat(judgement.ill(true, seconds(60))).isEqualTo(Verdict.RECOVER);
    assertThat(judgement.sayHeld()).isTrue();
  }

  static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}
