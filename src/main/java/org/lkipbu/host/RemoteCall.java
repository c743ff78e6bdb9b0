package org.lkipbu.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program on another machine and gives back what it wrote and its exit code, unchanged.
 *
 * <p>The exit codes of a transport and of the program that it runs are the same numbers (ssh ends
 * with 255 and lcdremexec with 9 when there is no connection, and so may the program). So a shell
 * on the other side marks on stderr, with a word that nobody can guess, where the program begins
 * and with what code it ended: without the first mark nothing was run, without the second the
 * connection was lost.
 */
public final class RemoteCall {

  /** How much of stderr is kept, in bytes, its end. */
  private static final int KEPT = 1 << 24;

  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;
  private static final long DRAIN_MILLIS = 2000;

  /** Arguments: the mark, the program, its arguments. */
  private static final String SCRIPT =
      "m=$1; shift; echo $m >&2; \"$@\" </dev/null; c=$?; echo $m $c >&2; exit $c";

  private final Transport transport;
  private final Duration limit;

  /**
   * @param transport how the machine is reached
   * @param limit how long all of it may take
   */
  public RemoteCall(Transport transport, Duration limit) {
    this.transport = transport;
    this.limit = limit;
  }

  /**
   * Runs a program there.
   *
   * @param argv its absolute path and its arguments
   * @param out gets its stdout as it comes
   * @param err gets its stderr when it has ended, with the machine's name before it where the exit
   *     code is 9, which tells its reader whose 9 it is
   * @return its exit code
   * @throws Failure UNREACHABLE when the machine could not be reached or the connection was lost,
   *     SYSTEM when the program is not there or something here failed
   */
  public int run(MachineName machine, List<String> argv, OutputStream out, OutputStream err) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String mark = "lkipbu-" + HexFormat.of().formatHex(random);
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh", mark));
    words.addAll(argv);
    List<String> local = transport.argv(machine, ShellWords.quoted(words));
    String tree = ProcessTree.newMark();
    Process process = ProcessCommandRunner.start(new Command(local, limit, Map.of()), tree);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Thread outCopy = copy(process.getInputStream(), out);
    Thread errCopy = copy(process.getErrorStream(), new LastBytes(said));
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        ProcessTree.end(process, tree);
      }
      // Who reads the output may take his time; a connection that ssh shares keeps stderr open.
      outCopy.join(ended ? limit.toMillis() : DRAIN_MILLIS);
      errCopy.join(DRAIN_MILLIS);
      String text;
      synchronized (said) {
        text = said.toString(StandardCharsets.ISO_8859_1);
      }
      return outcome(machine, argv.get(0), mark, text, ended, err);
    } catch (InterruptedException e) {
      ProcessTree.end(process, tree);
      Thread.currentThread().interrupt();
      throw lost(machine, "interrupted");
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.SYSTEM,
          "cannot write to stderr, " + IoReason.of(e),
          "see where it leads",
          e);
    }
  }

  private int outcome(
      MachineName machine,
      String program,
      String mark,
      String text,
      boolean ended,
      OutputStream err)
      throws IOException {
    int begin = text.indexOf(mark + "\n");
    int end = text.lastIndexOf(mark + " ");
    int code = end < 0 ? -1 : code(text, end + mark.length() + 1);
    if (code < 0) {
      if (begin >= 0) {
        throw lost(
            machine,
            ended ? "the connection ended" : "it took longer than " + limit.toSeconds() + " s");
      }
      throw unreachable(machine, text, ended);
    }
    String own = text.substring(begin < 0 ? 0 : begin + mark.length() + 1, end);
    if (code == NOT_FOUND || code == NOT_EXECUTABLE) {
      throw new Failure(
          Failure.Kind.SYSTEM,
          machine + " has no " + program + " that can be run",
          "install lkipbu there, or set LKIPBU_REMOTE_PROGRAM to where it is");
    }
    boolean explain = code == Failure.Kind.UNREACHABLE.exitCode();
    err.write((explain ? machine + ": " + own : own).getBytes(StandardCharsets.ISO_8859_1));
    err.flush();
    return code;
  }

  /** The number that ends at the end of the line, or -1 when the line was cut. */
  private static int code(String text, int from) {
    int end = text.indexOf('\n', from);
    if (end < 0 || end == from || end > from + 3) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
      code = 10 * code + text.charAt(i) - '0';
    }
    return code;
  }

  private Failure unreachable(MachineName machine, String text, boolean ended) {
    String reason = PlainText.of(new CommandResult(0, "", text).reason());
    if (!ended) {
      reason = "no answer within " + limit.toSeconds() + " s";
    }
    return new Failure(
        Failure.Kind.UNREACHABLE,
        machine + " could not be reached" + (reason.isEmpty() ? "" : ", " + shortened(reason)),
        "nothing was done there; see that you can log in to it without a password");
  }

  private static Failure lost(MachineName machine, String how) {
    return new Failure(
        Failure.Kind.UNREACHABLE,
        machine + " was lost while the command ran there, " + how,
        "what was begun there ends by itself: look with lkipbu -d " + machine + " -s");
  }

  private static String shortened(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "..." : text;
  }

  private static Thread copy(InputStream from, OutputStream to) {
    Thread thread =
        new Thread(
            () -> {
              try {
                from.transferTo(to);
                to.flush();
              } catch (IOException e) {
                // The stream ends with its process; who writes notices a closed stdout himself.
              }
            },
            "copy");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Keeps the end of what is written, however much that is. */
  private static final class LastBytes extends OutputStream {
    private final ByteArrayOutputStream kept;

    LastBytes(ByteArrayOutputStream kept) {
      this.kept = kept;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      synchronized (kept) {
        if (kept.size() + length > KEPT) {
          byte[] all = kept.toByteArray();
          kept.reset();
          kept.write(all, all.length / 2, all.length - all.length / 2);
        }
        kept.write(bytes, from, length);
      }
    }
  }
}
