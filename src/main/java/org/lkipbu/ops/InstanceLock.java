package org.lkipbu.ops;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.lkipbu.host.DurableFiles;
import org.lkipbu.host.Failure;
import org.lkipbu.host.IoReason;
import org.lkipbu.instance.Tag;

/**
 * One operation an instance at a time. Between processes a lock of the kernel's on a file of the
 * tag's own (fcntl(2), which ends with its process, however that ends, and is not inherited by
 * children); between the threads of one process, which such a lock does not tell apart, a semaphore
 * that is taken first. Lock files are never unlinked: two processes could otherwise hold locks on
 * two files of one name.
 */
public final class InstanceLock {

  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final Path folder;
  private final Duration wait;
  private final ConcurrentHashMap<Tag, Semaphore> threads = new ConcurrentHashMap<>();

  /**
   * @param folder where the lock files are; made when it is missing
   * @param wait how long to wait for another operation to end
   */
  public InstanceLock(Path folder, Duration wait) {
    this.folder = folder;
    this.wait = wait;
  }

  /** The lock, held until it is closed. */
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes the lock of a tag.
   *
   * @param operation a word that tells others what holds it
   * @throws Failure BUSY, saying who holds it and since when, when it was not to be had in time;
   *     SYSTEM when the lock file cannot be used
   */
  public Held acquire(Tag tag, String operation) {
    return acquire(tag, operation, wait);
  }

  /**
   * Takes the lock of a tag, waiting no longer than the caller can, nor than the lock does.
   *
   * @throws Failure as {@link #acquire(Tag, String)}
   */
  public Held acquire(Tag tag, String operation, Duration atMost) {
    Duration wait = atMost.compareTo(this.wait) < 0 ? atMost : this.wait;
    long deadline = System.nanoTime() + wait.toNanos();
    Semaphore semaphore = threads.computeIfAbsent(tag, t -> new Semaphore(1));
    try {
      if (!semaphore.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy(tag, "by another thread of this process", wait);
      }
      boolean taken = false;
      try {
        Held held = acquireFile(tag, operation, wait, deadline, semaphore);
        taken = true;
        return held;
      } finally {
        if (!taken) {
          semaphore.release();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(
          Failure.Kind.BUSY, "interrupted while instance " + tag + " was held", "try again", e);
    }
  }

  private Held acquireFile(
      Tag tag, String operation, Duration wait, long deadline, Semaphore semaphore)
      throws InterruptedException {
    DurableFiles.makeFolder(folder);
    Path file = folder.resolve(tag.fileName());
    FileChannel channel = open(file);
    boolean taken = false;
    try {
      FileLock lock = tryLock(channel);
      for (long pause = FIRST_PAUSE_MILLIS; lock == null; lock = tryLock(channel)) {
        if (System.nanoTime() >= deadline) {
          throw busy(tag, LockHolder.read(channel).inWords(), wait);
        }
        Thread.sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
      write(channel, LockHolder.here(operation).line());
      taken = true;
      return () -> release(channel, semaphore);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot lock " + file, IoReason.of(e), e);
    } finally {
      if (!taken) {
        closeQuietly(channel);
      }
    }
  }

  /** The mode is set where the file is made, because the umask takes part of it away. */
  private static FileChannel open(Path file) {
    try {
      boolean isNew = Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              LinkOption.NOFOLLOW_LINKS);
      if (isNew) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      }
      return channel;
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot open " + file, IoReason.of(e), e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void write(FileChannel channel, String line) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static void release(FileChannel channel, Semaphore semaphore) {
    try {
      channel.truncate(0);
    } catch (IOException e) {
      // The content only informs; the lock itself is what counts.
    } finally {
      closeQuietly(channel);
      semaphore.release();
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The kernel has released the lock all the same.
    }
  }

  private static Failure busy(Tag tag, String holder, Duration wait) {
    return new Failure(
        Failure.Kind.BUSY,
        "instance " + tag + " is held " + holder + " for longer than " + wait.toSeconds() + " s",
        "wait until that has ended, or set LKIPBU_LOCK_WAIT");
  }
}
