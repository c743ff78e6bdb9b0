package org.lkipbu.net;

import java.util.ArrayList;
import java.util.List;
import org.lkipbu.host.Failure;

/** Threads that ask one system each, and end together with the programs that they run. */
final class Crew implements AutoCloseable {

  private static final long END_MILLIS = 500;

  private final List<Thread> threads = new ArrayList<>();
  private int running;
  private Failure unasked;

  /** Starts a question; one that cannot be asked is one without an answer. */
  synchronized void ask(Runnable question) {
    running++;
    Thread thread = new Thread(() -> run(question), "question");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Why a question could not be asked at all; null when none failed so. */
  synchronized Failure unasked() {
    return unasked;
  }

  private synchronized void remember(Failure why) {
    unasked = unasked == null ? why : unasked;
  }

  /** Whether some question is still open. */
  synchronized boolean busy() {
    return running > 0;
  }

  /** Ends every open question and its program, within half a second. */
  @Override
  public void close() {
    List<Thread> all;
    synchronized (this) {
      all = List.copyOf(threads);
    }
    for (Thread thread : all) {
      thread.interrupt();
    }
    long end = System.nanoTime() + END_MILLIS * 1_000_000;
    for (Thread thread : all) {
      try {
        thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void run(Runnable question) {
    try {
      question.run();
    } catch (Failure e) {
      // The others decide.
      remember(e);
    } finally {
      synchronized (this) {
        running--;
        notifyAll();
      }
    }
  }
}
