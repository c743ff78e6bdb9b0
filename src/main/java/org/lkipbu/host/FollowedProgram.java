package org.lkipbu.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A program that is meant to run as long as this process, and whose lines are handed over as they
 * come, each on a thread of the stream that it came by. It gets the environment and the search path
 * of {@link CommandRunner}.
 */
public final class FollowedProgram implements AutoCloseable {

  private final Process process;
  private final String mark = ProcessTree.newMark();

  /**
   * Starts the program; the time limit of the command is not looked at.
   *
   * @param out gets each line of stdout
   * @param err gets each line of stderr
   * @param ended is called once, when stdout has ended, which is when the program has
   * @throws Failure SYSTEM when it cannot be started
   */
  public FollowedProgram(
      Command command, Consumer<String> out, Consumer<String> err, Runnable ended) {
    process = ProcessCommandRunner.start(command, mark);
    follow(process.getInputStream(), out, ended);
    follow(process.getErrorStream(), err, () -> {});
  }

  private static void follow(InputStream stream, Consumer<String> each, Runnable ended) {
    Thread thread = new Thread(() -> read(stream, each, ended), "follow");
    thread.setDaemon(true);
    thread.start();
  }

  private static void read(InputStream stream, Consumer<String> each, Runnable ended) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.ISO_8859_1))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        each.accept(line);
      }
    } catch (IOException e) {
      // The stream ends with its process.
    } finally {
      ended.run();
    }
  }

  /** Ends the program and everything that it started. */
  @Override
  public void close() {
    ProcessTree.end(process, mark);
  }
}
