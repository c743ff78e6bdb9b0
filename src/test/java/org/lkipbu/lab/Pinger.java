package org.lkipbu.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client that asks an address many times a second and remembers when it got a reply. */
public final class Pinger implements AutoCloseable {

  private final Process process;
  private final Thread reader;
  private final List<Double> replies = new ArrayList<>();

  Pinger(String namespace, String target, Duration interval) throws IOException {
    process =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                namespace,
                "ping",
                "-D",
                "-n",
                "-i",
                Double.toString(interval.toNanos() / 1e9),
                target)
            .redirectErrorStream(true)
            .start();
    reader = new Thread(this::read, "pinger");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("[") && line.contains(" bytes from ")) {
          double at = Double.parseDouble(line.substring(1, line.indexOf(']')));
          synchronized (this) {
            replies.add(at);
            notifyAll();
          }
        }
      }
    } catch (IOException e) {
      // The stream ends with its process.
    }
  }

  /** How many replies there were. */
  public synchronized int count() {
    return replies.size();
  }

  /** Waits for so many more replies; false when they do not come in time. */
  public synchronized boolean awaitReplies(int more, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    int wanted = replies.size() + more;
    while (replies.size() < wanted) {
      long rest = (end - System.nanoTime()) / 1_000_000;
      if (rest <= 0) {
        return false;
      }
      wait(rest);
    }
    return true;
  }

  /**
   * The longest time without a reply, from the first reply to now; the whole time since the start
   * of the epoch when there never was one.
   */
  public synchronized Duration longestGap() {
    double longest = replies.isEmpty() ? System.currentTimeMillis() / 1e3 : 0;
    for (int i = 1; i < replies.size(); i++) {
      longest = Math.max(longest, replies.get(i) - replies.get(i - 1));
    }
    if (!replies.isEmpty()) {
      double last = replies.get(replies.size() - 1);
      longest = Math.max(longest, System.currentTimeMillis() / 1e3 - last);
    }
    return Duration.ofNanos((long) (longest * 1e9));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(1, TimeUnit.SECONDS);
      reader.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
