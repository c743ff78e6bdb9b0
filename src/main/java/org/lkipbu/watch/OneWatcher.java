package org.lkipbu.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.lkipbu.host.DurableFiles;
import org.lkipbu.host.Failure;
import org.lkipbu.host.IoReason;

/**
 * Sees to it that one watcher runs for a run folder: a lock of the kernel's on a file, which ends
 * with its process, however that ends.
 */
final class OneWatcher implements AutoCloseable {

  private final FileChannel channel;

  /**
   * Takes the place.
   *
   * @throws Failure BUSY when another watcher has it, SYSTEM when the file cannot be used
   */
  OneWatcher(Path runFolder) {
    DurableFiles.makeFolder(runFolder);
    Path file = runFolder.resolve("watcher");
    try {
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              LinkOption.NOFOLLOW_LINKS);
      if (!locked()) {
        channel.close();
        throw new Failure(
            Failure.Kind.BUSY,
            "another lkipbu --watch is running",
            "there is one for a run folder, " + file + " is its lock");
      }
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot lock " + file, IoReason.of(e), e);
    }
  }

  private boolean locked() throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The kernel has released the lock all the same.
    }
  }
}
