package org.lkipbu.situations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code lkipbu --watch} on the host of a lab, and what it has said so far. */
final class Watching implements AutoCloseable {

  private static final long LIMIT_SECONDS = 60;

  private final ProtectedHost host;
  private final Path said;
  private final Process process;

  private Watching(ProtectedHost host, String... options) {
    this.host = host;
    try {
      said = Files.createTempFile(host.lab.folder(), "watch", ".log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String[] all = new String[options.length + 1];
    all[0] = "--watch";
    System.arraycopy(options, 0, all, 1, options.length);
    process = host.lab.startLkipbu(said, all);
  }

  /** Starts a watcher, and waits until it has put the address in service and knows the network. */
  static Watching of(ProtectedHost host, String... options) {
    Watching watching = new Watching(host, options);
    watching.says("in service on");
    // What it learns of the network by its first pings and probes shows in the run folder.
    Path known = host.lab.folder().resolve("run/neighbours").resolve(host.lab.vip());
    watching.becomes("it knows the network", () -> Files.exists(known));
    pause(1500);
    return watching;
  }

  /** Starts one and waits for nothing. */
  static Watching started(ProtectedHost host, String... options) {
    return new Watching(host, options);
  }

  /** All its lines. */
  String said() {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has said something. */
  void says(String text) {
    becomes("it says: " + text, () -> said().contains(text));
  }

  /** Waits until it has said something so many times. */
  void says(int times, String text) {
    becomes("it says " + times + " times: " + text, () -> count(text) >= times);
  }

  /** How many of its lines hold a text. */
  long count(String text) {
    return said().lines().filter(line -> line.contains(text)).count();
  }

  /** Waits until something is true; the test fails when it does not become so. */
  void becomes(String what, BooleanSupplier happened) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime() < end).as("%s, but: %s", what, said()).isTrue();
      pause(20);
    }
  }

  /** Waits until the address is on an interface and the store says so too. */
  void addressIsOn(String primary) {
    becomes(
        "the address is on " + primary,
        () ->
            host.interfacesOfAddress().equals(primary)
                && host.storedInfo().split(" ")[1].equals(primary));
  }

  /** Waits for its end by itself; its exit status. */
  int ends() throws InterruptedException {
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(said()).isTrue();
    return process.exitValue();
  }

  /** Sends it a signal, by its name. */
  void signal(String name) {
    host.lab.ok(host.lab.host(), "kill", "-" + name, Long.toString(process.pid()));
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
