package org.lkipbu.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.Tag;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class InstanceLockTest {

  private static final Tag TAG = new Tag("ip/1");

  @TempDir Path folder;

  @Test
  void one_thread_at_a_time_holds_a_tag() throws Exception {
    InstanceLock lock = new InstanceLock(folder, Duration.ofSeconds(20));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int round = 0; round < 10; round++) {
                  try (InstanceLock.Held held = lock.acquire(TAG, "test")) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(most).hasValue(1);
  }

  @Test
  void tags_do_not_wait_for_each_other_and_files_stay() {
    InstanceLock lock = new InstanceLock(folder, Duration.ZERO);
    try (InstanceLock.Held one = lock.acquire(TAG, "test");
        InstanceLock.Held two = lock.acquire(new Tag("ip2"), "test")) {
      assertThat(folder.resolve("ip%2F1")).isNotEmptyFile();
    }
    assertThat(folder.resolve("ip%2F1")).isEmptyFile();
  }

  @Test
  void another_process_is_waited_for_named_and_freed_by_its_death() throws Exception {
    Process holder = hold();
    try {
      InstanceLock lock = new InstanceLock(folder, Duration.ofMillis(200));
      assertThatThrownBy(() -> lock.acquire(TAG, "test"))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.kind()).isEqualTo(Failure.Kind.BUSY);
                assertThat(failure.problem())
                    .contains("by process " + holder.pid() + " (elsewhere) since 20");
              });
    } finally {
      holder.destroyForcibly();
      holder.waitFor(10, TimeUnit.SECONDS);
    }
    new InstanceLock(folder, Duration.ofSeconds(5)).acquire(TAG, "test").close();
  }

  /** Starts a JVM that takes the lock and keeps it. */
  private Process hold() throws Exception {
    Path ready = folder.resolve("ready");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString(),
                ready.toString())
            .inheritIO()
            .start();
    for (int i = 0; i < 1000 && !Files.exists(ready); i++) {
      Thread.sleep(10);
    }
    assertThat(ready).exists();
    return process;
  }

  /** The other process. */
  static final class Holder {
    public static void main(String[] args) throws Exception {
      new InstanceLock(Path.of(args[0]), Duration.ZERO).acquire(TAG, "elsewhere");
      Files.createFile(Path.of(args[1]));
      Thread.sleep(60_000);
    }
  }
}
