package org.lkipbu.watch;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.lkipbu.host.Failure;

/**
 * The one thread that decides, so that what it knows needs no locks, and a crew of threads that do
 * what takes time, first come first served.
 */
final class Loop implements AutoCloseable {

  /**
   * More than the addresses that an interface usually has: while some of a crowd wait for their
   * proof, the others must not wait for a thread to move them.
   */
  private static final int CREW = 112;

  private static final int CHORES = 32;
  private static final long END_SECONDS = 30;

  private final ScheduledThreadPoolExecutor one;
  private final ThreadPoolExecutor crew;
  private final ThreadPoolExecutor chores;
  private final WatchLog log;

  Loop(WatchLog log) {
    this.log = log;
    one = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "watch"));
    crew = threads(CREW, "care");
    chores = threads(CHORES, "chore");
  }

  private static ThreadPoolExecutor threads(int most, String name) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> daemon(work, name));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Decides something, as soon as what came before has been decided. */
  void soon(Runnable step) {
    try {
      one.execute(() -> safely(step));
    } catch (RejectedExecutionException e) {
      // The end has begun.
    }
  }

  /** Decides something later. */
  void after(long nanos, Runnable step) {
    try {
      one.schedule(() -> safely(step), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The end has begun.
    }
  }

  /** Decides something again and again, with such a pause between. */
  void every(Duration pause, Runnable step) {
    one.scheduleWithFixedDelay(
        () -> safely(step), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Has the crew do something that is urgent, and decides afterwards. */
  <T> void aside(Callable<T> work, Consumer<T> done, Consumer<Failure> failed) {
    give(crew, work, done, failed);
  }

  /** Has something done that must never keep what is urgent waiting, and decides afterwards. */
  <T> void chore(Callable<T> work, Consumer<T> done, Consumer<Failure> failed) {
    give(chores, work, done, failed);
  }

  private <T> void give(
      ThreadPoolExecutor threads, Callable<T> work, Consumer<T> done, Consumer<Failure> failed) {
    try {
      threads.execute(() -> run(work, done, failed));
    } catch (RejectedExecutionException e) {
      // The end has begun.
    }
  }

  private <T> void run(Callable<T> work, Consumer<T> done, Consumer<Failure> failed) {
    try {
      T result = work.call();
      soon(() -> done.accept(result));
    } catch (Failure e) {
      soon(() -> failed.accept(e));
    } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
      soon(() -> failed.accept(new Failure(Failure.Kind.INTERNAL, "internal error, " + e, "", e)));
    }
  }

  private void safely(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      log.error("internal error, " + e);
    }
  }

  /** Begins nothing more, and waits for what the crew has begun. */
  @Override
  public void close() {
    one.shutdownNow();
    crew.getQueue().clear();
    chores.shutdownNow();
    crew.shutdown();
    try {
      crew.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
