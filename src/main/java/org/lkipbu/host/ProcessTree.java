package org.lkipbu.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a process together with everything that it started. What it started inherits a variable with
 * a value of its own, so that it is found after its parent has ended too, when it is nobody's
 * descendant any more.
 */
final class ProcessTree {

  /** The variable's name. */
  static final String MARK = "LKIPBU_CHILD";

  private static final int ROUNDS = 5;
  private static final long REAP_MILLIS = 1000;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private ProcessTree() {}

  /** A value of the variable that no other process tree has. */
  static String newMark() {
    return ProcessHandle.current().pid() + "." + COUNT.incrementAndGet() + "." + System.nanoTime();
  }

  /**
   * Kills the process and all that carry its mark, again until none is left that forked meanwhile.
   */
  static void end(Process process, String mark) {
    process.toHandle().descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    for (int round = 0; round < ROUNDS; round++) {
      List<ProcessHandle> marked = marked(MARK + "=" + mark + "\0");
      if (marked.isEmpty()) {
        break;
      }
      marked.forEach(ProcessHandle::destroyForcibly);
    }
    try {
      process.waitFor(REAP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The processes whose first environment (proc(5)) has an entry; those that have ended have none.
   */
  private static List<ProcessHandle> marked(String entry) {
    List<ProcessHandle> marked = new ArrayList<>();
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(Path.of("/proc"), ProcessTree::isProcess)) {
      for (Path folder : folders) {
        if (("\0" + environment(folder)).contains("\0" + entry)) {
          long pid = Long.parseLong(folder.getFileName().toString());
          ProcessHandle.of(pid).ifPresent(marked::add);
        }
      }
    } catch (IOException e) {
      // Without /proc only the descendants are found.
    }
    return marked;
  }

  private static boolean isProcess(Path folder) {
    return Character.isDigit(folder.getFileName().toString().charAt(0));
  }

  private static String environment(Path folder) {
    try {
      return Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // It has ended, or is not ours.
      return "";
    }
  }
}
