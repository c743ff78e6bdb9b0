package org.lkipbu.ops;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.lkipbu.host.Failure;

/**
 * Holds back the end of the process, when a signal asks for it, until a change of the host has been
 * completed or undone. A second signal changes nothing: the JVM is ending already.
 */
public final class CriticalSection implements AutoCloseable {

  private final Duration bound;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean asked;
  private Thread hook;

  /**
   * @param bound after how long the process ends in any case
   */
  public CriticalSection(Duration bound) {
    this.bound = bound;
  }

  /**
   * From here to {@link #close} the process does not end for a signal.
   *
   * @throws Failure SYSTEM when it is ending already; the caller has changed nothing yet
   */
  void enter() {
    if (hook != null) {
      return;
    }
    Thread waiting = new Thread(this::holdBack, "hold back the end");
    try {
      Runtime.getRuntime().addShutdownHook(waiting);
      hook = waiting;
    } catch (IllegalStateException e) {
      throw new Failure(
          Failure.Kind.SYSTEM, "stopped by a signal", "nothing was changed; run it again", e);
    }
  }

  /** Whether a signal has asked the process to end since {@link #enter}. */
  boolean askedToEnd() {
    return asked;
  }

  private void holdBack() {
    asked = true;
    try {
      closed.await(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (hook != null && !asked) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The end has begun meanwhile, and finds the section closed.
      }
    }
  }
}
