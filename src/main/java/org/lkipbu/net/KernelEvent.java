package org.lkipbu.net;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A change of the host's network, as {@code ip monitor} prints it.
 *
 * @param kind what changed
 * @param deleted whether it is gone
 * @param device the interface that it concerns; empty when none is named
 * @param works of a link, whether it is set up and has carrier; false for everything else
 * @param up of a link, whether it is set up
 * @param text the words that describe it
 */
public record KernelEvent(
    Kind kind, boolean deleted, String device, boolean works, boolean up, String text) {

  /** What can change. */
  public enum Kind {
    LINK,
    ADDRESS,
    ROUTE,
    RULE
  }

  private static final String DELETED = "Deleted ";

  /**
   * Reads a line of {@code ip -o -N monitor label}: {@code [LINK]3: eth1@if4: <UP,LOWER_UP> ...},
   * {@code [ROUTE]Deleted default via 10.0.0.1 dev eth0}. A link works where the kernel shows UP
   * and not NO-CARRIER, which ip prints for an interface that is up and not running.
   *
   * @return the event, or null when the line is none
   */
  public static KernelEvent parse(String line) {
    int end = line.indexOf(']');
    if (!line.startsWith("[") || end < 0) {
      return null;
    }
    Kind kind;
    switch (line.substring(1, end)) {
      case "LINK" -> kind = Kind.LINK;
      case "ADDR" -> kind = Kind.ADDRESS;
      case "ROUTE" -> kind = Kind.ROUTE;
      case "RULE" -> kind = Kind.RULE;
      default -> {
        return null;
      }
    }
    int start = end + 1;
    boolean deleted = line.startsWith(DELETED, start);
    String text = line.substring(deleted ? start + DELETED.length() : start);
    if (kind == Kind.LINK) {
      int flags = text.indexOf('<');
      int flagsEnd = text.indexOf('>', flags);
      if (flags < 0 || flagsEnd < 0) {
        return null;
      }
      String all = "," + text.substring(flags + 1, flagsEnd) + ",";
      boolean up = !deleted && all.contains(",UP,");
      boolean works = up && !all.contains(",NO-CARRIER,");
      return new KernelEvent(kind, deleted, numbered(text), works, up, text);
    }
    String device = kind == Kind.ADDRESS ? numbered(text) : after(text, " dev ");
    return new KernelEvent(kind, deleted, device, false, false, text);
  }

  /**
   * Of an event of an address, the address; empty when the line shows none with a prefix length.
   */
  public Optional<ProtectedAddress> address() {
    String shown = after(text, text.contains(" inet6 ") ? " inet6 " : " inet ");
    int slash = shown.indexOf('/');
    InetAddress address = slash < 0 ? null : Addresses.parsed(shown.substring(0, slash));
    try {
      return address == null
          ? Optional.empty()
          : Optional.of(
              new ProtectedAddress(address, Integer.parseInt(shown.substring(slash + 1))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether rules and routes of protected addresses may have to be put right after it. What is
   * added by our own protocol number (108) is what was put right; the kernel's entries for the
   * host's own addresses, in table 255, come and go with these.
   */
  public boolean mayUpset() {
    return switch (kind) {
      case LINK -> true;
      case ADDRESS -> false;
      case RULE, ROUTE -> (deleted || !has(" proto 108")) && !has(" table 255");
    };
  }

  private boolean has(String words) {
    int end = text.indexOf(words) + words.length();
    return text.contains(words) && (end == text.length() || text.charAt(end) == ' ');
  }

  /** The interface in {@code 3: eth1@if4: ...} or {@code 3: eth1 inet ...}. */
  private static String numbered(String text) {
    int start = text.indexOf(": ") + 2;
    int end = start;
    while (end < text.length() && " :@".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return start < 2 ? "" : text.substring(start, end);
  }

  private static String after(String text, String key) {
    int at = text.indexOf(key);
    if (at < 0) {
      return "";
    }
    int start = at + key.length();
    int end = text.indexOf(' ', start);
    return text.substring(start, end < 0 ? text.length() : end);
  }
}
