package org.lkipbu.host;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Runs programs as child processes: found in a fixed search path, with a clean environment, nothing
 * on stdin, both output streams drained at once and cut at 1 MiB each, and an end to the child's
 * whole process tree when its time is up.
 */
public final class ProcessCommandRunner implements CommandRunner {

  /** Where programs are looked up, in this order; never in the caller's PATH. */
  public static final List<String> SEARCH_PATH = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

  /**
   * How long to wait for the end of the output of a child that has ended itself: a grandchild may
   * hold the pipe for ever, and everything that the child wrote is in it already. On a host with
   * far too much to do, who reads it may have to wait for a processor: to take what it has by then
   * for all would be worse than to wait.
   */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** 128 + SIGKILL. */
  private static final int KILLED = 137;

  @Override
  public CommandResult run(Command command) {
    return run(command, null);
  }

  @Override
  public CommandResult runUntil(Command command, Predicate<String> enough) {
    return run(command, enough);
  }

  private static CommandResult run(Command command, Predicate<String> enough) {
    long deadline = System.nanoTime() + command.limit().toNanos();
    String mark = ProcessTree.newMark();
    Process process = start(command, mark);
    try {
      Drain out = new Drain(process.getInputStream(), enough, process::destroyForcibly);
      Drain err = new Drain(process.getErrorStream(), null, () -> {});
      out.start();
      err.start();
      boolean ended =
          process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (!ended) {
        ProcessTree.end(process, mark);
      }
      long grace = System.nanoTime() + GRACE_NANOS;
      out.joinUntil(grace);
      err.joinUntil(grace);
      if (!ended && enough == null) {
        throw new Failure(
            Failure.Kind.SYSTEM,
            command.program() + " did not end within " + inWords(command.limit()),
            "it was stopped; run it by hand to see why");
      }
      // A killed child that hangs in the kernel is not waited for.
      int exitCode = process.isAlive() ? KILLED : process.exitValue();
      return new CommandResult(exitCode, out.text(), err.text());
    } catch (InterruptedException e) {
      if (enough == null) {
        ProcessTree.end(process, mark);
      } else {
        process.destroyForcibly();
      }
      Thread.currentThread().interrupt();
      throw new Failure(
          Failure.Kind.SYSTEM, command.program() + " was interrupted", "run it again", e);
    }
  }

  /** Starts a program that this runner does not look after. */
  static Process start(Command command) {
    return start(command, ProcessTree.newMark());
  }

  static Process start(Command command, String mark) {
    List<String> argv = new ArrayList<>(command.argv());
    argv.set(0, locate(command.program()));
    ProcessBuilder builder = new ProcessBuilder(argv);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", String.join(":", SEARCH_PATH));
    environment.put("LC_ALL", "C");
    environment.putAll(command.environment());
    environment.put(ProcessTree.MARK, mark);
    if (command.input().isEmpty()) {
      builder.redirectInput(new File("/dev/null"));
    }
    try {
      return fed(builder.start(), command.input());
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot run " + command.program(), IoReason.of(e), e);
    }
  }

  /** A pipe holds all of it, so nobody waits for a program that does not read. */
  private static Process fed(Process process, String input) {
    if (!input.isEmpty()) {
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // A program that has ended already shows by its exit status what it thought of that.
      }
    }
    return process;
  }

  private static String locate(String program) {
    if (program.indexOf('/') >= 0) {
      return program;
    }
    for (String folder : SEARCH_PATH) {
      File file = new File(folder, program);
      if (file.canExecute()) {
        return file.getPath();
      }
    }
    throw new Failure(
        Failure.Kind.SYSTEM,
        "the program " + program + " is not installed",
        "install it; it is looked for in " + String.join(":", SEARCH_PATH));
  }

  private static String inWords(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  /**
   * Reads a stream to its end, keeps the beginning, and shows each line to whoever waits for it.
   */
  private static final class Drain extends Thread {

    private static final int KEPT = 1 << 20;

    private final InputStream stream;
    private final Predicate<String> enough;
    private final Runnable atEnough;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
    private final StringBuilder line = new StringBuilder();

    Drain(InputStream stream, Predicate<String> enough, Runnable atEnough) {
      super("drain");
      setDaemon(true);
      this.stream = stream;
      this.enough = enough;
      this.atEnough = atEnough;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[8192];
      try {
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
          keep(buffer, n);
          if (enough != null && showLines(buffer, n)) {
            atEnough.run();
            return;
          }
        }
        if (enough != null && line.length() > 0) {
          enough.test(line.toString());
        }
      } catch (IOException e) {
        // The stream ends with its process; what came until then is the result.
      }
    }

    void joinUntil(long deadline) throws InterruptedException {
      join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
    }

    private synchronized void keep(byte[] buffer, int n) {
      kept.write(buffer, 0, Math.min(n, KEPT - kept.size()));
    }

    private boolean showLines(byte[] buffer, int n) {
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          String whole = line.toString();
          line.setLength(0);
          if (enough.test(whole)) {
            return true;
          }
        } else if (line.length() < KEPT) {
          line.append((char) (buffer[i] & 0xff));
        }
      }
      return false;
    }

    synchronized String text() {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
