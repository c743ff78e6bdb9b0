package org.lkipbu.net;

import java.time.Duration;
import org.lkipbu.host.Command;
import org.lkipbu.host.Failure;
import org.lkipbu.host.FollowedProgram;

/**
 * Hears from the kernel what changes of links, addresses, routes and rules, in the network
 * namespace of this process, by a child {@code ip monitor} whose lines are read as they come.
 *
 * <p>A monitor that is stalled loses events: it says {@code No buffer space available} on stderr
 * and goes on (seen with iproute2 6.1). Then, and when it ends, the listener is told that events
 * were lost, and it must look at everything anew. A monitor that ended is started again.
 */
public final class KernelEvents implements AutoCloseable {

  /** Gets what happens, each call on a thread of its own; it must not take long. */
  public interface Listener {

    /** Something changed. */
    void changed(KernelEvent event);

    /** Some changes were not seen: all must be looked at anew. */
    void lost(String why);
  }

  private static final Command MONITOR =
      Command.of(
          Duration.ZERO, "ip", "-o", "-N", "monitor", "label", "link", "address", "route", "rule");

  /** A monitor that cannot run must not be started in a circle. */
  private static final long PAUSE_MILLIS = 200;

  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final Listener listener;
  private FollowedProgram program;
  private boolean closed;
  private long pause = PAUSE_MILLIS;
  private long startedAt;

  /** Events for a listener; none come before {@link #start}. */
  public KernelEvents(Listener listener) {
    this.listener = listener;
  }

  /**
   * Begins to listen. What changed before must be read by the caller, afterwards.
   *
   * @throws Failure SYSTEM when {@code ip} cannot be run
   */
  public synchronized void start() {
    if (!closed) {
      startedAt = System.nanoTime();
      program = new FollowedProgram(MONITOR, this::line, this::complaint, this::ended);
    }
  }

  private void line(String line) {
    KernelEvent event = KernelEvent.parse(line);
    if (event != null) {
      listener.changed(event);
    }
  }

  private void complaint(String line) {
    if (line.contains("No buffer space available")) {
      listener.lost("the kernel had more events than could be kept");
    }
  }

  private void ended() {
    if (System.nanoTime() - startedAt > LONGEST_PAUSE_MILLIS * 1_000_000) {
      pause = PAUSE_MILLIS;
    }
    while (true) {
      try {
        Thread.sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        synchronized (this) {
          if (closed) {
            return;
          }
        }
        start();
        listener.lost("ip monitor ended and was started again");
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (Failure e) {
        // No process can be started at this moment; the next attempt is later.
      }
    }
  }

  @Override
  public void close() {
    FollowedProgram last;
    synchronized (this) {
      closed = true;
      last = program;
    }
    if (last != null) {
      last.close();
    }
  }
}
