package org.lkipbu.net;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.Quoted;
import org.lkipbu.instance.Tag;

/**
 * The ping lists of the instances: addresses that are asked in place of a broadcast ping, one a
 * line, with {@code #} comments, in a file named for the tag.
 */
public final class PingList {

  private static final int MAX_BYTES = 65_536;

  private final Path folder;

  /** The lists below {@code pinglist} in the configuration folder. */
  public PingList(Path configuration) {
    this.folder = configuration.resolve("pinglist");
  }

  /**
   * The addresses for a tag; empty when it has no list.
   *
   * @throws Failure ILLEGAL when the file holds something else, naming file and line; SYSTEM when
   *     it cannot be read
   */
  public List<InetAddress> of(Tag tag) {
    Path file = file(tag);
    if (!Files.exists(file)) {
      return List.of();
    }
    List<InetAddress> addresses = new ArrayList<>();
    int number = 0;
    for (String line : text(file).split("\n", -1)) {
      number++;
      int comment = line.indexOf('#');
      String word = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!word.isEmpty()) {
        addresses.add(address(word, file, number));
      }
    }
    return addresses;
  }

  /** The file that holds the list of a tag, whether there is one or not. */
  public Path file(Tag tag) {
    return folder.resolve(tag.fileName());
  }

  private static String text(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new Failure(
            Failure.Kind.ILLEGAL,
            "the ping list " + file + " is larger than " + MAX_BYTES + " bytes",
            "name only a few systems that are always there");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.SYSTEM,
          "the ping list " + file + " cannot be read: " + e.getMessage(),
          "make it a file that root can read",
          e);
    }
  }

  private static InetAddress address(String word, Path file, int line) {
    InetAddress address = Addresses.parsed(word);
    if (address == null) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "line " + line + " of " + file + " is not an address: " + Quoted.of(word),
          "write one IPv4 or IPv6 address a line");
    }
    return address;
  }
}
