package org.lkipbu.ops;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.lkipbu.host.Boot;
import org.lkipbu.host.DurableFiles;
import org.lkipbu.host.Failure;
import org.lkipbu.host.IoReason;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.ProtectedAddress;

/**
 * The moves that have begun and not ended: one file an instance, on the disk before the address is
 * touched and gone when the move has ended. It says what was meant to happen; what did happen is
 * read from the kernel.
 */
public final class MoveJournal {

  private static final long MAX_BYTES = 64 << 10;

  private final Path folder;
  private final Boot boot;
  private final boolean quick;

  /** A journal in a folder, which is made when it is missing. */
  public MoveJournal(Path folder) {
    this(folder, new Boot(Path.of("/proc")));
  }

  MoveJournal(Path folder, Boot boot) {
    this(folder, boot, false);
  }

  private MoveJournal(Path folder, Boot boot, boolean quick) {
    this.folder = folder;
    this.boot = boot;
    this.quick = quick;
  }

  /**
   * The same journal for one who must not wait for the disk while an address is nowhere. What it
   * writes survives its process, and a reboot ends the meaning of every entry.
   */
  public MoveJournal inHaste() {
    return new MoveJournal(folder, boot, true);
  }

  /**
   * Writes down what a move is about to do.
   *
   * @throws Failure SYSTEM when it cannot be written
   */
  void write(MoveIntent intent) {
    StringBuilder text = new StringBuilder(400);
    line(text, "tag", intent.tag().value());
    line(text, "from", intent.from().value());
    line(text, "to", intent.to().value());
    line(text, "address", intent.address().toString());
    line(text, "old", intent.oldInfo());
    line(text, "new", intent.newInfo());
    line(text, "boot", boot.id());
    line(text, "process", boot.process("self"));
    DurableFiles.makeFolder(folder);
    if (quick) {
      DurableFiles.replaceForThisBoot(file(intent.tag()), text.toString());
    } else {
      DurableFiles.replace(file(intent.tag()), text.toString());
    }
  }

  /**
   * What was written for a tag during this boot. One of an earlier boot is removed: the reboot took
   * the address from every interface, so there is nothing to finish.
   *
   * @throws Failure SYSTEM when it is there and cannot be read
   */
  Optional<MoveIntent> read(Tag tag) {
    Properties values = load(file(tag));
    if (values == null) {
      return Optional.empty();
    }
    if (values.containsKey("boot") && !isOfThisBoot(values)) {
      drop(tag);
      return Optional.empty();
    }
    try {
      String oldInfo = required(values, "old");
      InfoRecord info = InfoRecord.parse(oldInfo);
      return Optional.of(
          new MoveIntent(
              new Tag(required(values, "tag")),
              new ProtectedAddress(info.address(), info.prefix()),
              new InterfaceName(required(values, "from")),
              new InterfaceName(required(values, "to")),
              oldInfo,
              required(values, "new")));
    } catch (Failure e) {
      throw unreadable(file(tag), e.problem(), e);
    }
  }

  /** Forgets a tag's entry. */
  void drop(Tag tag) {
    DurableFiles.remove(file(tag));
  }

  /**
   * Whether a tag's move was begun during this boot by a process that is there no more. An entry
   * that cannot be read counts as one: a look must not fail for it.
   */
  boolean isAbandoned(Tag tag) {
    Path file = file(tag);
    if (!Files.exists(file)) {
      return false;
    }
    Properties values;
    try {
      values = load(file);
    } catch (Failure e) {
      return true;
    }
    if (values == null || values.containsKey("boot") && !isOfThisBoot(values)) {
      return false;
    }
    String process = values.getProperty("process", "");
    int space = process.indexOf(' ');
    return space <= 0 || !boot.process(process.substring(0, space)).equals(process);
  }

  private boolean isOfThisBoot(Properties values) {
    return boot.id().equals(values.getProperty("boot"));
  }

  /**
   * The tags that have an entry.
   *
   * @param broken gets the failure of an entry that cannot be read; the others follow nevertheless
   * @throws Failure SYSTEM when the folder cannot be read
   */
  List<Tag> tags(Consumer<Failure> broken) {
    List<Tag> tags = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        // A hidden file was not finished when its writer died; no tag has such a file name.
        if (!file.getFileName().toString().startsWith(".")) {
          try {
            addTag(file, tags);
          } catch (Failure e) {
            broken.accept(e);
          }
        }
      }
    } catch (NoSuchFileException e) {
      return tags;
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot read " + folder, IoReason.of(e), e);
    }
    return tags;
  }

  private void addTag(Path file, List<Tag> tags) {
    Properties values = load(file);
    if (values == null) {
      return;
    }
    Tag tag;
    try {
      tag = new Tag(required(values, "tag"));
    } catch (Failure e) {
      throw unreadable(file, e.problem(), e);
    }
    if (!file(tag).equals(file)) {
      throw unreadable(file, "it is that of " + tag, null);
    }
    tags.add(tag);
  }

  private Path file(Tag tag) {
    return folder.resolve(tag.fileName());
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append('=').append(value.replace("\\", "\\\\")).append('\n');
  }

  private static Properties load(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw unreadable(file, "it is too large", null);
      }
      Properties values = new Properties();
      values.load(new StringReader(Files.readString(file, StandardCharsets.ISO_8859_1)));
      return values;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot read " + file, IoReason.of(e), e);
    } catch (IllegalArgumentException e) {
      throw unreadable(file, "it is damaged", e);
    }
  }

  private static String required(Properties values, String name) {
    String value = values.getProperty(name);
    if (value == null) {
      throw new Failure(Failure.Kind.ILLEGAL, "it has no " + name, "");
    }
    return value;
  }

  private static Failure unreadable(Path file, String why, Exception cause) {
    return new Failure(
        Failure.Kind.SYSTEM,
        "the journal of an interrupted move, " + file + ", cannot be read, " + why,
        "see with 'ip addr' where the address is, put it right, and remove that file",
        cause);
  }
}
