package org.lkipbu.instance;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lkipbu.host.Failure;

/**
 * The Information field of an IP resource instance, as LifeKeeper keeps it: five values with one
 * space between them: server, primary interface, address, netmask, backup interface ({@code none}
 * when there is no backup).
 *
 * <pre>ServerA eth0 172.17.106.10 fffffc00 eth1</pre>
 *
 * <p>What is read is written back byte for byte. Four values, an instance from before backup
 * interfaces existed, read as backup {@code none} and are written with five. Tabs, runs of spaces,
 * leading or trailing space and a sixth value are errors, because nobody could say what was meant.
 *
 * @param server name of the server that the interfaces are on
 * @param primary interface that holds the address, or held it last
 * @param literal the address as written
 * @param netmask the mask as written
 * @param backup interface that the address can move to
 */
public record InfoRecord(
    String server,
    InterfaceName primary,
    IpLiteral literal,
    Netmask netmask,
    Optional<InterfaceName> backup) {

  /** What stands for a backup interface that is not there; no interface can have this name. */
  public static final String NO_BACKUP = "none";

  private static final int MAX_LENGTH = 512;
  private static final int MAX_SERVER_LENGTH = 255;

  /**
   * A record, checked.
   *
   * @throws Failure ILLEGAL when the server is no machine name, the mask is not of the address's
   *     family, the backup is the primary, or an interface is called {@code none}
   */
  public InfoRecord {
    if (!isServerName(server)) {
      throw illegal("server name " + Quoted.of(server) + " is not valid");
    }
    if (netmask.ipv6() != literal.isIpv6()) {
      throw illegal("netmask " + netmask + " does not fit the address " + literal);
    }
    if (primary.value().equals(NO_BACKUP)
        || backup.isPresent() && backup.get().value().equals(NO_BACKUP)) {
      throw illegal("an interface cannot be called \"none\"");
    }
    if (backup.isPresent() && backup.get().equals(primary)) {
      throw illegal("interface " + primary + " is primary and backup at once");
    }
  }

  /**
   * Reads an Information field.
   *
   * @throws Failure ILLEGAL, quoting the field, when it is not one
   */
  public static InfoRecord parse(String info) {
    try {
      return read(info);
    } catch (Failure e) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "INFO " + Quoted.of(info) + " is not valid, " + e.problem(),
          "it is \"server interface address netmask backup\", one space between them");
    }
  }

  private static InfoRecord read(String info) {
    if (info.length() > MAX_LENGTH) {
      throw illegal("it is longer than " + MAX_LENGTH + " characters");
    }
    List<String> values = new ArrayList<>(5);
    int from = 0;
    for (int space = info.indexOf(' '); space >= 0; space = info.indexOf(' ', from)) {
      values.add(info.substring(from, space));
      from = space + 1;
    }
    values.add(info.substring(from));
    if (values.contains("")) {
      throw illegal("a value is empty");
    }
    if (values.size() < 4 || values.size() > 5) {
      throw illegal("it has " + values.size() + " values");
    }
    IpLiteral literal = new IpLiteral(values.get(2));
    String backup = values.size() == 5 ? values.get(4) : NO_BACKUP;
    return new InfoRecord(
        values.get(0),
        new InterfaceName(values.get(1)),
        literal,
        new Netmask(values.get(3), literal.isIpv6()),
        backup.equals(NO_BACKUP) ? Optional.empty() : Optional.of(new InterfaceName(backup)));
  }

  /** The protected address. */
  public InetAddress address() {
    return literal.address();
  }

  /** The prefix length of the address's subnet in bits. */
  public int prefix() {
    return netmask.prefixLength();
  }

  /**
   * The record after a move: the backup is the primary and the primary the backup.
   *
   * @throws Failure NOT_FOUND when there is no backup
   */
  public InfoRecord swapped() {
    if (backup.isEmpty()) {
      throw new Failure(
          Failure.Kind.NOT_FOUND, "no backup interface is defined", "name one with -a");
    }
    return new InfoRecord(server, backup.get(), literal, netmask, Optional.of(primary));
  }

  /**
   * The record with this backup.
   *
   * @throws Failure ILLEGAL when it is the primary or called {@code none}
   */
  public InfoRecord withBackup(InterfaceName newBackup) {
    return new InfoRecord(server, primary, literal, netmask, Optional.of(newBackup));
  }

  /** The record without a backup. */
  public InfoRecord withoutBackup() {
    return new InfoRecord(server, primary, literal, netmask, Optional.empty());
  }

  /** The Information field, five values, each in the form that it was read in. */
  public String format() {
    String last = backup.isPresent() ? backup.get().value() : NO_BACKUP;
    return server + " " + primary + " " + literal + " " + netmask + " " + last;
  }

  @Override
  public String toString() {
    return format();
  }

  private static boolean isServerName(String name) {
    boolean valid = !name.isEmpty() && name.length() <= MAX_SERVER_LENGTH && name.charAt(0) != '-';
    for (int i = 0; valid && i < name.length(); i++) {
      valid = name.charAt(i) > ' ' && name.charAt(i) <= '~';
    }
    return valid;
  }

  private static Failure illegal(String problem) {
    return new Failure(Failure.Kind.ILLEGAL, problem, "see INFO in lkipbu(8)");
  }
}
