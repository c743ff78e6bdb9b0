package org.lkipbu.ops;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.lkipbu.host.PlainText;

/**
 * Who holds a lock, as the lock file says: process id, operation and the second of the epoch.
 *
 * @param process the process id
 * @param operation what it does
 * @param since when it took the lock, in seconds of the epoch
 */
record LockHolder(String process, String operation, String since) {

  private static final int MAX_BYTES = 200;

  /** This process. */
  static LockHolder here(String operation) {
    return new LockHolder(
        Long.toString(ProcessHandle.current().pid()),
        operation,
        Long.toString(System.currentTimeMillis() / 1000));
  }

  /** The holder that a lock file names; empty words where it names none. */
  static LockHolder read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES);
    channel.read(buffer, 0);
    String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
    String[] words = PlainText.of(text.strip()).split(" ");
    return words.length == 3 ? new LockHolder(words[0], words[1], words[2]) : UNKNOWN;
  }

  private static final LockHolder UNKNOWN = new LockHolder("", "", "");

  /** The content of the lock file. */
  String line() {
    return process + " " + operation + " " + since + "\n";
  }

  /** For a message: {@code by process 4711 (move) since 2026-11-23T02:00:00Z}. */
  String inWords() {
    if (process.isEmpty()) {
      return "by another process";
    }
    String time;
    try {
      time = Instant.ofEpochSecond(Long.parseLong(since)).toString();
    } catch (RuntimeException e) {
      time = "an unknown time";
    }
    return "by process " + process + " (" + operation + ") since " + time;
  }
}
