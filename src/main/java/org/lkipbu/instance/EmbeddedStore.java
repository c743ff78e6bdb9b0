package org.lkipbu.instance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.lkipbu.host.Caller;
import org.lkipbu.host.DurableFiles;
import org.lkipbu.host.Failure;
import org.lkipbu.host.IoReason;

/**
 * The store of a host without LifeKeeper: one small text file an instance, in the folder {@code
 * instances} of the state folder, named by {@link Tag#fileName}.
 *
 * <p>A file is replaced in one step, so a reader sees the old version or the new one and never
 * needs a lock. Whoever changes an instance holds the tag's lock; the store does not take it. Files
 * and folders that somebody but root and the caller may write are refused.
 */
public final class EmbeddedStore implements InstanceStore {

  private final Path stateFolder;
  private final Path folder;
  private final boolean quick;

  /** The store below a state folder, which need not exist yet. */
  public EmbeddedStore(Path stateFolder) {
    this(stateFolder, false);
  }

  private EmbeddedStore(Path stateFolder, boolean quick) {
    this.stateFolder = stateFolder;
    this.quick = quick;
    this.folder = stateFolder.resolve("instances");
  }

  /**
   * The same store for one who must not wait for the disk while an address is nowhere: a new
   * Information field is forced to it when it is committed, not when it is prepared.
   */
  public EmbeddedStore inHaste() {
    return new EmbeddedStore(stateFolder, true);
  }

  @Override
  public ResourceInstance find(Tag tag) {
    requireTrustedFolders();
    return read(tag).instance();
  }

  /** Whether there is an instance with this tag, whatever its file holds. */
  public boolean has(Tag tag) {
    return Files.exists(file(tag), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Pending prepareInfo(Tag tag, String info) {
    requireTrustedFolders();
    InstanceFile old = read(tag);
    InstanceFile changed = new InstanceFile(old.instance().withInfo(info), old.further());
    DurableFiles.Prepared prepared =
        quick
            ? DurableFiles.prepareQuickly(file(tag), changed.text())
            : DurableFiles.prepare(file(tag), changed.text());
    return new Pending() {
      @Override
      public void commit() {
        prepared.commit();
      }

      @Override
      public void close() {
        prepared.close();
      }
    };
  }

  /** Stores a new instance with nothing further, as {@link #create(ResourceInstance, Map)}. */
  public void create(ResourceInstance instance) {
    create(instance, Map.of());
  }

  /**
   * Stores a new instance.
   *
   * @param further names and values that this store keeps with the instance and never looks at
   * @throws Failure EXISTS when there is one with this tag, ILLEGAL when a value cannot be stored,
   *     SYSTEM when it cannot be written
   */
  public void create(ResourceInstance instance, Map<String, String> further) {
    InstanceFile stored = new InstanceFile(instance, further);
    DurableFiles.makeFolder(stateFolder);
    DurableFiles.makeFolder(folder);
    if (has(instance.tag())) {
      throw new Failure(
          Failure.Kind.EXISTS,
          "instance " + instance.tag() + " exists already",
          "choose another tag, or remove it with ins_remove");
    }
    DurableFiles.replace(file(instance.tag()), stored.text());
  }

  /**
   * Stores another state of an instance.
   *
   * @throws Failure as {@link #find}; SYSTEM also when it cannot be written
   */
  public void setState(Tag tag, State state, String reason) {
    requireTrustedFolders();
    InstanceFile old = read(tag);
    ResourceInstance changed = old.instance().withState(state, reason);
    if (!changed.equals(old.instance())) {
      DurableFiles.replace(file(tag), new InstanceFile(changed, old.further()).text());
    }
  }

  /**
   * Forgets an instance, whatever its file holds.
   *
   * @throws Failure NOT_FOUND when there is none, SYSTEM when it cannot be removed
   */
  public void remove(Tag tag) {
    requireTrustedFolders();
    if (!has(tag)) {
      throw notFound(tag);
    }
    Path file = file(tag);
    DurableFiles.remove(file.resolveSibling("." + file.getFileName() + ".new"));
    DurableFiles.remove(file);
  }

  /**
   * {@inheritDoc}
   *
   * <p>They come ordered by tag, and only the names of the files are held in memory.
   */
  @Override
  public void list(Consumer<ResourceInstance> each, Consumer<Failure> broken) {
    requireTrustedFolders();
    String[] names = folder.toFile().list();
    if (names == null) {
      if (Files.notExists(folder)) {
        return;
      }
      throw new Failure(
          Failure.Kind.SYSTEM, "cannot read the folder " + folder, "look at its permissions");
    }
    Arrays.sort(names, (a, b) -> decoded(a).compareTo(decoded(b)));
    for (String name : names) {
      if (!isFileName(name)) {
        continue;
      }
      try {
        each.accept(read(folder.resolve(name)).instance());
      } catch (Failure e) {
        if (e.kind() != Failure.Kind.NOT_FOUND) {
          broken.accept(e);
        }
      }
    }
  }

  private Path file(Tag tag) {
    return folder.resolve(tag.fileName());
  }

  private void requireTrustedFolders() {
    Caller.requireTrusted(stateFolder, "the state folder");
    Caller.requireTrusted(folder, "the state folder");
  }

  private InstanceFile read(Tag tag) {
    try {
      return read(file(tag));
    } catch (Failure e) {
      throw e.kind() == Failure.Kind.NOT_FOUND ? notFound(tag) : e;
    }
  }

  private static InstanceFile read(Path file) {
    String text;
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile() || attributes.size() > InstanceFile.MAX_BYTES) {
        throw damaged(file, "it is no regular file of at most 64 KiB");
      }
      Caller.requireTrusted(file, "the file");
      text = text(file, (int) attributes.size());
    } catch (NoSuchFileException e) {
      throw new Failure(Failure.Kind.NOT_FOUND, "there is no " + file, "see ins_list", e);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot read " + file, IoReason.of(e), e);
    }
    InstanceFile stored;
    try {
      stored = InstanceFile.parse(text);
    } catch (Failure e) {
      throw damaged(file, e.problem());
    }
    if (!stored.instance().tag().fileName().equals(file.getFileName().toString())) {
      throw damaged(file, "it holds the instance " + stored.instance().tag());
    }
    return stored;
  }

  private static String text(Path file, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // A file is replaced and never written in place, so its size stands.
      }
    }
    // The text is ASCII; in Latin-1 whatever else is there survives to be refused or kept.
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
  }

  /** Whether a name is one that this store writes: not hidden, not an editor's spare copy. */
  private static boolean isFileName(String name) {
    boolean plain = !name.startsWith(".");
    for (int i = 0; plain && i < name.length(); i++) {
      char c = name.charAt(i);
      plain = c < 128 && Character.isLetterOrDigit(c) || "-_.%".indexOf(c) >= 0;
    }
    return plain;
  }

  /** The tag of a file name, for sorting; of a cut one, what is left of it. */
  private static String decoded(String name) {
    int percent = name.indexOf('%');
    if (percent < 0) {
      return name;
    }
    StringBuilder tag = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      int high = c == '%' && i + 2 < name.length() ? IpLiteral.hexDigit(name.charAt(i + 1)) : -1;
      int low = high >= 0 ? IpLiteral.hexDigit(name.charAt(i + 2)) : -1;
      tag.append(low >= 0 ? (char) (high << 4 | low) : c);
      i += low >= 0 ? 2 : 0;
    }
    return tag.toString();
  }

  private static Failure notFound(Tag tag) {
    return new Failure(
        Failure.Kind.NOT_FOUND, "there is no instance " + tag, "ins_list shows those there are");
  }

  private static Failure damaged(Path file, String how) {
    return new Failure(
        Failure.Kind.ILLEGAL,
        "the file " + file + " is damaged, " + how,
        "restore it from a backup, or make the instance anew with ins_remove and ins_create");
  }
}
