package org.lkipbu.net;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.lkipbu.host.Failure;

/**
 * Joins what many threads ask for at the same time. Who comes first goes at once and alone; those
 * who come while as many calls are under way as may be go together after them. So a hundred
 * questions cost a few calls, and one alone waits for nothing.
 */
final class Together<Q, A> {

  /** One question, which gets its answer. */
  static final class Turn<Q, A> {
    private final Q question;
    private final CompletableFuture<A> answer = new CompletableFuture<>();

    private Turn(Q question) {
      this.question = question;
    }

    Q question() {
      return question;
    }

    /** The first answer counts. */
    void answer(A what) {
      answer.complete(what);
    }
  }

  private final int lanes;
  private final Function<List<Turn<Q, A>>, List<Turn<Q, A>>> choice;
  private final Consumer<List<Turn<Q, A>>> call;
  private final List<Turn<Q, A>> waiting = new ArrayList<>();
  private int busy;

  /**
   * @param lanes how many calls may be under way
   * @param choice of those who wait, who goes together next; in the order of their coming
   * @param call asks for all of them; who has no answer when it returns fails
   */
  Together(
      int lanes,
      Function<List<Turn<Q, A>>, List<Turn<Q, A>>> choice,
      Consumer<List<Turn<Q, A>>> call) {
    this.lanes = lanes;
    this.choice = choice;
    this.call = call;
  }

  /** The first so many of those who wait. */
  static <Q, A> Function<List<Turn<Q, A>>, List<Turn<Q, A>>> first(int most) {
    return waiting -> List.copyOf(waiting.subList(0, Math.min(most, waiting.size())));
  }

  /**
   * Asks, with others or alone.
   *
   * @throws Failure what the call fails with, for each of those who went together; SYSTEM when the
   *     thread is interrupted before its turn
   */
  A ask(Q question) {
    Turn<Q, A> turn = new Turn<>(question);
    boolean atOnce;
    synchronized (this) {
      atOnce = busy < lanes;
      if (atOnce) {
        busy++;
      } else {
        waiting.add(turn);
      }
    }
    if (atOnce) {
      callFor(List.of(turn));
    }
    return answerOf(turn);
  }

  private A answerOf(Turn<Q, A> turn) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return turn.answer.get();
        } catch (InterruptedException e) {
          interrupted = true;
          if (leaves(turn)) {
            throw new Failure(Failure.Kind.SYSTEM, "a program was interrupted", "run it again", e);
          }
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized boolean leaves(Turn<Q, A> turn) {
    return waiting.remove(turn);
  }

  private void callFor(List<Turn<Q, A>> turns) {
    RuntimeException why =
        new Failure(Failure.Kind.SYSTEM, "a program ended without an answer", "run it again");
    try {
      call.accept(turns);
    } catch (RuntimeException e) {
      why = e;
    } catch (Error e) {
      why = new Failure(Failure.Kind.INTERNAL, "internal error, " + e, "", e);
    } finally {
      next();
      for (Turn<Q, A> one : turns) {
        one.answer.completeExceptionally(why);
      }
    }
  }

  /** Those who wait are called for, by a thread that none of them waits for longer than it must. */
  private synchronized void next() {
    List<Turn<Q, A>> chosen = waiting.isEmpty() ? List.of() : choice.apply(waiting);
    if (chosen.isEmpty()) {
      busy--;
      return;
    }
    waiting.removeAll(chosen);
    Thread thread = new Thread(() -> callFor(chosen), "together");
    thread.setDaemon(true);
    thread.start();
  }
}
