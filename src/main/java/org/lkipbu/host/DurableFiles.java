package org.lkipbu.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that are there whole or not at all, whatever happens to the machine. */
public final class DurableFiles {

  private DurableFiles() {}

  /**
   * Makes a folder and those above it, mode 0755 whatever the umask, where they are missing.
   *
   * @throws Failure SYSTEM when it cannot be made, or others than root and the caller may write it
   */
  public static void makeFolder(Path folder) {
    if (Files.isDirectory(folder)) {
      Caller.requireTrusted(folder, "the folder");
      return;
    }
    try {
      Path parent = folder.getParent();
      if (parent != null && !Files.isDirectory(parent)) {
        makeFolder(parent);
      }
      Files.createDirectory(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw new Failure(
            Failure.Kind.SYSTEM, folder + " is not a folder", "move what is there away", e);
      }
      // Another command made it at the same time.
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot make the folder " + folder, IoReason.of(e), e);
    }
  }

  /**
   * Replaces a file in one step: written beside it, forced to the disk, renamed over it, and the
   * folder forced to the disk. Mode 0644.
   *
   * @throws Failure SYSTEM when it cannot be written; what was there before stands then
   */
  public static void replace(Path file, String text) {
    try (Prepared prepared = prepare(file, text)) {
      prepared.commit();
    }
  }

  /**
   * Writes a new version beside a file and forces it to the disk. What an earlier crash left there
   * is overwritten. Mode 0644.
   *
   * @throws Failure SYSTEM when it cannot be written; nothing is left beside the file then
   */
  public static Prepared prepare(Path file, String text) {
    return prepare(file, text, true);
  }

  /**
   * The same for one who cannot wait for the disk: the new version has its place on it, and is
   * forced to it at the commit.
   *
   * @throws Failure as {@link #prepare}
   */
  public static Prepared prepareQuickly(Path file, String text) {
    return prepare(file, text, false);
  }

  /**
   * Replaces a file in one step, as {@link #replace}, and leaves it to the kernel when it comes to
   * the disk: for what nobody believes after a reboot.
   *
   * @throws Failure as {@link #replace}
   */
  public static void replaceForThisBoot(Path file, String text) {
    try (Prepared prepared = prepare(file, text, false)) {
      prepared.rename();
    }
  }

  private static Prepared prepare(Path file, String text, boolean forced) {
    Path beside = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      write(beside, text, forced);
      return new Prepared(file, beside, forced);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(beside);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw new Failure(Failure.Kind.SYSTEM, "cannot write " + file, IoReason.of(e), e);
    }
  }

  /** A new version of a file that no reader sees yet. Closing without a commit removes it. */
  public static final class Prepared implements AutoCloseable {

    private final Path file;
    private final Path beside;
    private final boolean forced;
    private boolean done;

    private Prepared(Path file, Path beside, boolean forced) {
      this.file = file;
      this.beside = beside;
      this.forced = forced;
    }

    /**
     * Makes it the file, in one step.
     *
     * @throws Failure SYSTEM when the disk or the rename is refused; what was there before stands
     *     then
     */
    public void commit() {
      if (!forced) {
        try {
          force(beside);
        } catch (IOException e) {
          throw new Failure(Failure.Kind.SYSTEM, "cannot write " + file, IoReason.of(e), e);
        }
      }
      rename();
      try {
        force(file.getParent());
      } catch (IOException e) {
        // Readers see the new version already. To call that a failure would be a lie, and would
        // make a caller undo what it did to the host while the file says that it is done.
      }
    }

    private void rename() {
      try {
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        done = true;
      } catch (IOException e) {
        throw new Failure(Failure.Kind.SYSTEM, "cannot replace " + file, IoReason.of(e), e);
      }
    }

    @Override
    public void close() {
      if (done) {
        return;
      }
      done = true;
      try {
        Files.deleteIfExists(beside);
      } catch (IOException e) {
        // No reader looks at it, and the next writer of this file replaces it.
      }
    }
  }

  /**
   * Removes a file if it is there, and forces the folder to the disk.
   *
   * @throws Failure SYSTEM when it cannot be removed
   */
  public static void remove(Path file) {
    try {
      if (Files.deleteIfExists(file)) {
        force(file.getParent());
      }
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot remove " + file, IoReason.of(e), e);
    }
  }

  private static void write(Path file, String text, boolean forced) throws IOException {
    // One writer at a time holds the tag's lock, so what is there is left over from a crash.
    Files.deleteIfExists(file);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE_NEW,
            LinkOption.NOFOLLOW_LINKS)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (forced) {
        channel.force(true);
      }
    }
  }

  /** Forces a file, or a folder's entries, to the disk; Linux takes what is opened for reading. */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
