package org.lkipbu.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lkipbu.watch.JudgementTest.seconds;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.lkipbu.instance.InterfaceName;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailbackTest {

  private static final InterfaceName ETH0 = new InterfaceName("eth0");
  private static final InterfaceName ETH1 = new InterfaceName("eth1");

  private final Failback failback = new Failback(seconds(10));

  @Test
  void an_address_returns_when_its_interface_has_been_healthy_for_long_enough() {
    assertThat(away(true, 0)).isFalse();
    assertThat(away(true, 9)).isFalse();
    assertThat(away(true, 10)).isTrue();
  }

  @Test
  void one_moment_of_illness_begins_the_time_anew() {
    away(true, 0);
    away(false, 5);
    assertThat(away(true, 10)).isFalse();
    assertThat(away(true, 19)).isFalse();
    assertThat(away(true, 20)).isTrue();
  }

  @Test
  void after_an_attempt_the_time_begins_anew() {
    away(true, 0);
    assertThat(away(true, 10)).isTrue();
    failback.tried();
    assertThat(away(true, 11)).isFalse();
  }

  @Test
  void an_address_that_is_where_an_administrator_put_it_stays() {
    assertThat(failback.due(ETH0, ETH0, Optional.of(ETH1), true, 0)).isFalse();
    assertThat(failback.due(ETH0, ETH0, Optional.of(ETH1), true, seconds(100))).isFalse();
  }

  @Test
  void an_address_does_not_go_to_an_interface_that_is_not_its_backup() {
    failback.due(ETH0, ETH1, Optional.empty(), true, 0);
    assertThat(failback.due(ETH0, ETH1, Optional.empty(), true, seconds(100))).isFalse();
  }

  private boolean away(boolean healthy, long second) {
    return failback.due(ETH0, ETH1, Optional.of(ETH0), healthy, seconds(second));
  }
}
