package org.lkipbu.ops;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.lkipbu.host.DurableFiles;
import org.lkipbu.host.Failure;
import org.lkipbu.host.PlainText;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;

/**
 * When and why each address moved last: one file an instance in the folder {@code moves} of the
 * state folder, {@code name=value} lines. It informs; nothing depends on it but where {@code
 * --failback} returns an address to, so it is not forced to the disk, and a file that cannot be
 * written or read is one that is not there.
 */
public final class LastMoves {

  /** Who wanted a move. */
  public enum Asked {
    /** An administrator, by {@code -m}, or by writing another INFO. */
    ADMINISTRATOR,
    /** Local recovery. */
    RECOVERY,
    /** The return to the interface that an administrator last chose. */
    FAILBACK
  }

  /**
   * The last move of an address.
   *
   * @param atMillis when it had ended, in milliseconds of the epoch
   * @param from the interface that had the address
   * @param to the interface that has it
   * @param asked who wanted it
   * @param reason why, in a few words
   * @param tookMillis how long it took, verification included; 0 where that is not known
   * @param chosen the interface that an administrator last chose
   */
  public record LastMove(
      long atMillis,
      InterfaceName from,
      InterfaceName to,
      Asked asked,
      String reason,
      long tookMillis,
      InterfaceName chosen) {}

  private final Path folder;

  /**
   * @param state the state folder
   */
  public LastMoves(Path state) {
    this.folder = state.resolve("moves");
  }

  /** Remembers a move. */
  public void write(Tag tag, LastMove move) {
    String text =
        "at="
            + move.atMillis()
            + "\nfrom="
            + move.from()
            + "\nto="
            + move.to()
            + "\nasked="
            + move.asked()
            + "\nreason="
            + PlainText.of(move.reason()).replace("\\", "\\\\")
            + "\ntook="
            + move.tookMillis()
            + "\nchosen="
            + move.chosen()
            + "\n";
    try {
      DurableFiles.makeFolder(folder);
      DurableFiles.replaceForThisBoot(file(tag), text);
    } catch (Failure e) {
      // The move is done, and stays done without a note of it.
    }
  }

  /** The last move of an address, when one is remembered. */
  public Optional<LastMove> read(Tag tag) {
    try {
      Properties values = new Properties();
      values.load(new StringReader(Files.readString(file(tag), StandardCharsets.ISO_8859_1)));
      return Optional.of(
          new LastMove(
              Long.parseLong(values.getProperty("at", "")),
              new InterfaceName(values.getProperty("from", "")),
              new InterfaceName(values.getProperty("to", "")),
              Asked.valueOf(values.getProperty("asked", "")),
              PlainText.of(values.getProperty("reason", "")),
              Long.parseLong(values.getProperty("took", "")),
              new InterfaceName(values.getProperty("chosen", ""))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException | Failure e) {
      return Optional.empty();
    }
  }

  /** Forgets an address. */
  public void forget(Tag tag) {
    try {
      Files.deleteIfExists(file(tag));
    } catch (IOException e) {
      // A note that is too old harms nothing.
    }
  }

  private Path file(Tag tag) {
    return folder.resolve(tag.fileName());
  }
}
