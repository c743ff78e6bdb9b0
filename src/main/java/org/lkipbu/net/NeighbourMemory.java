package org.lkipbu.net;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.lkipbu.host.DurableFiles;
import org.lkipbu.host.Failure;

/**
 * Remembers the neighbours of an address while its interface works. The kernel forgets the
 * neighbours of an interface in the instant in which it loses carrier or is set down, which is just
 * when a move needs to know them.
 *
 * <p>One file an address in the run folder: {@code address mac} lines, gateways with a third word.
 * It is a hint; when it cannot be written or read, nothing is remembered.
 */
public final class NeighbourMemory {

  private static final int MOST = 16;
  private static final int MAX_BYTES = 8192;

  private final Path folder;

  /** Remembers below {@code neighbours} in the run folder. */
  public NeighbourMemory(Path run) {
    this.folder = run.resolve("neighbours");
  }

  /** Replaces what is remembered for an address. */
  void remember(ProtectedAddress address, List<Neighbour> neighbours) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(neighbours.size(), MOST); i++) {
      Neighbour one = neighbours.get(i);
      text.append(Addresses.text(one.address())).append(' ').append(one.mac());
      text.append(one.gateway() ? " gateway\n" : "\n");
    }
    Path file = file(address);
    try {
      byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
      if (Files.exists(file) && java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
        return;
      }
      DurableFiles.makeFolder(folder);
      Path beside = folder.resolve("." + address.host() + ".new");
      Files.write(beside, bytes);
      Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | Failure e) {
      // Not root, or the disk is full: a hint that is missing costs a proof, not a move.
    }
  }

  /** What is remembered for an address; empty when nothing is. */
  List<Neighbour> recall(ProtectedAddress address) {
    List<Neighbour> neighbours = new ArrayList<>();
    try (var in = Files.newInputStream(file(address))) {
      String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII);
      for (String line : text.split("\n")) {
        String[] words = line.split(" ");
        InetAddress one = Addresses.parsed(words[0]);
        if (one != null && words.length > 1 && neighbours.size() < MOST) {
          neighbours.add(new Neighbour(one, words[1], words.length > 2));
        }
      }
    } catch (IOException e) {
      // Nothing was remembered.
    }
    return neighbours;
  }

  private Path file(ProtectedAddress address) {
    return folder.resolve(address.host());
  }
}
