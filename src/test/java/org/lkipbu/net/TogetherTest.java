package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lkipbu.host.Failure;
import org.lkipbu.net.Together.Turn;

@Timeout(30)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TogetherTest {

  private final List<List<Integer>> calls = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch gate = new CountDownLatch(1);

  @Test
  void one_alone_is_asked_for_at_once_by_its_own_thread() {
    Together<Integer, String> together =
        new Together<>(
            1,
            Together.first(9),
            turns -> turns.get(0).answer(Thread.currentThread().getName() + turns.size()));
    assertThat(together.ask(7)).isEqualTo(Thread.currentThread().getName() + 1);
  }

  @Test
  void those_who_come_meanwhile_go_together_and_no_more_at_once_than_may() throws Exception {
    Together<Integer, Integer> together = new Together<>(1, Together.first(3), this::afterTheGate);
    CompletableFuture<?> first = start(together, 1);
    await(() -> calls.size() == 1);
    List<CompletableFuture<Integer>> others = new ArrayList<>();
    for (int i = 2; i <= 5; i++) {
      others.add(start(together, i));
      pause();
    }
    gate.countDown();

    first.get(10, TimeUnit.SECONDS);
    for (int i = 2; i <= 5; i++) {
      assertThat(others.get(i - 2).get(10, TimeUnit.SECONDS)).isEqualTo(10 * i);
    }
    assertThat(calls).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5));
  }

  @Test
  void an_answer_is_not_kept_until_the_slowest_of_a_call_has_one() throws Exception {
    ConcurrentLinkedQueue<Turn<Integer, String>> held = new ConcurrentLinkedQueue<>();
    CountDownLatch never = new CountDownLatch(1);
    Together<Integer, String> together =
        new Together<>(
            1,
            Together.first(9),
            turns -> {
              held.addAll(turns);
              hold(turns.size() == 1 ? gate : never);
            });
    start(together, 1);
    await(() -> held.size() == 1);
    CompletableFuture<String> quick = start(together, 2);
    CompletableFuture<String> slow = start(together, 3);
    pause();
    gate.countDown();
    await(() -> held.size() == 3);
    held.stream().filter(turn -> turn.question() == 2).forEach(turn -> turn.answer("here"));

    assertThat(quick.get(10, TimeUnit.SECONDS)).isEqualTo("here");
    assertThat(slow).isNotDone();
    never.countDown();
    assertThatThrownBy(() -> slow.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("without an answer");
  }

  @Test
  void as_many_calls_as_may_be_are_under_way() throws Exception {
    Together<Integer, Integer> together = new Together<>(2, Together.first(9), this::afterTheGate);
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      all.add(start(together, i));
      pause();
    }
    assertThat(calls).containsExactly(List.of(1), List.of(2));
    gate.countDown();
    for (CompletableFuture<Integer> one : all) {
      one.get(10, TimeUnit.SECONDS);
    }
    assertThat(calls).hasSize(3).contains(List.of(3, 4));
  }

  @Test
  void what_a_call_fails_with_each_of_its_askers_fails_with_and_the_next_goes_on() {
    Together<Integer, String> together =
        new Together<>(
            1,
            Together.first(9),
            turns -> {
              if (turns.get(0).question() < 0) {
                throw new Failure(Failure.Kind.BUSY, "not now", "later");
              }
              turns.get(0).answer("yes");
            });
    assertThatThrownBy(() -> together.ask(-1)).isInstanceOf(Failure.class).hasMessage("not now");
    assertThat(together.ask(1)).isEqualTo("yes");
  }

  @Test
  void one_who_is_interrupted_while_it_waits_leaves_and_the_others_get_their_answers()
      throws Exception {
    Together<Integer, Integer> together = new Together<>(1, Together.first(9), this::afterTheGate);
    CompletableFuture<Integer> first = start(together, 1);
    await(() -> calls.size() == 1);
    CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                together.ask(2);
              } catch (Failure e) {
                interrupted.complete(Thread.currentThread().isInterrupted() ? e : null);
              }
            });
    waiting.start();
    pause();
    waiting.interrupt();
    assertThat(interrupted.get(10, TimeUnit.SECONDS)).hasMessageContaining("interrupted");
    gate.countDown();
    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(10);
    assertThat(together.ask(3)).isEqualTo(30);
    assertThat(calls).doesNotContain(List.of(2));
  }

  private void afterTheGate(List<Turn<Integer, Integer>> turns) {
    calls.add(turns.stream().map(Turn::question).toList());
    hold(gate);
    turns.forEach(turn -> turn.answer(10 * turn.question()));
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <A> CompletableFuture<A> start(Together<Integer, A> together, int question) {
    CompletableFuture<A> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(together.ask(question));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return answer;
  }

  private static void pause() throws InterruptedException {
    Thread.sleep(100);
  }

  private static void await(java.util.function.BooleanSupplier happened) throws Exception {
    for (int i = 0; i < 2000 && !happened.getAsBoolean(); i++) {
      Thread.sleep(5);
    }
    assertThat(happened.getAsBoolean()).isTrue();
  }
}
