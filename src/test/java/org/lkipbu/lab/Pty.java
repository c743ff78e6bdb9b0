package org.lkipbu.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lkipbu.host.CommandResult;

/** Runs the project's scripts at a terminal: a pseudo-terminal that script(1) makes. */
public final class Pty {

  private Pty() {}

  /**
   * Runs a script of the project in a namespace.
   *
   * @param variables added to an environment of TERM=xterm alone
   * @param typed what the user types
   * @return its exit code and what the screen showed, stdout and stderr together
   */
  public static CommandResult run(
      NetLab lab, Map<String, String> variables, String typed, String script, String... words) {
    Built.checkFresh();
    StringBuilder line = new StringBuilder("exec ip netns exec " + lab.host());
    for (String word : Built.argv(script, words)) {
      line.append(" '").append(word.replace("'", "'\\''")).append('\'');
    }
    List<String> argv =
        new ArrayList<>(List.of("timeout", "60", "script", "-qec", line.toString(), "/dev/null"));
    ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("TERM", "xterm");
    builder.environment().putAll(lab.environment());
    builder.environment().putAll(variables);
    try {
      Process process = builder.start();
      try (var in = process.getOutputStream()) {
        in.write(typed.getBytes(StandardCharsets.UTF_8));
        in.flush();
        // The end of stdin would be typed as ^D before the program has asked: it stays open.
        String screen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandResult(process.waitFor(), screen.replace("\r\n", "\n"), "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
