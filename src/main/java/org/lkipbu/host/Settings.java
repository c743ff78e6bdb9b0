package org.lkipbu.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an administrator may choose, by name. The environment stands above {@code lkipbu.conf} of
 * the configuration folder, that above LifeKeeper's {@code /etc/default/LifeKeeper}, that above the
 * defaults. The files hold {@code NAME=value} lines, as a shell would read them, but nothing in
 * them is ever evaluated. A file is read when the first value is asked for that the environment
 * does not have, and a value is checked when it is asked for.
 */
public final class Settings {

  /** Where LifeKeeper keeps its own settings ("IP Parameters List"). */
  public static final Path LIFEKEEPER_DEFAULTS = Path.of("/etc/default/LifeKeeper");

  private static final long MAX_FILE_BYTES = 1 << 20;

  private final Map<String, String> environment;
  private final List<Path> files;
  private Map<String, Found> fromFiles;

  private record Found(String value, String where) {}

  /** The settings of an environment and of files, the first file above the next. */
  public Settings(Map<String, String> environment, List<Path> files) {
    this.environment = environment;
    this.files = List.copyOf(files);
  }

  /** The settings of this host, in their usual places. */
  public static Settings of(Map<String, String> environment, Folders folders) {
    return new Settings(
        environment, List.of(folders.config().resolve("lkipbu.conf"), LIFEKEEPER_DEFAULTS));
  }

  /**
   * A text; what is set but empty counts as not set.
   *
   * @throws Failure ILLEGAL when it holds characters that are not printable ASCII, SYSTEM when a
   *     settings file cannot be read
   */
  public String text(String name, String usual) {
    Found found = find(name);
    if (found == null) {
      return usual;
    }
    if (!PlainText.is(found.value)) {
      throw wrong(name, found, "holds characters that are not printable");
    }
    return found.value;
  }

  /**
   * A whole number within a range.
   *
   * @throws Failure ILLEGAL when it is not one, SYSTEM when a settings file cannot be read
   */
  public int number(String name, int usual, int min, int max) {
    Found found = find(name);
    if (found == null) {
      return usual;
    }
    try {
      int value = Integer.parseInt(found.value);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words as for a number out of range.
    }
    throw wrong(name, found, "is not a whole number from " + min + " to " + max);
  }

  /** A number of seconds within a range, as {@link #number}. */
  public Duration seconds(String name, int usual, int min, int max) {
    return Duration.ofSeconds(number(name, usual, min, max));
  }

  /** A switch, off unless set: 1 is on, 0 is off. */
  public boolean flag(String name) {
    return number(name, 0, 0, 1) == 1;
  }

  /** IP_PINGTRIES: how often a ping is tried before its target counts as silent. */
  public int pingTries() {
    return number("IP_PINGTRIES", 3, 1, 100);
  }

  /** IP_PINGTIME: how long one ping waits for its reply. */
  public Duration pingTime() {
    return seconds("IP_PINGTIME", 1, 1, 60);
  }

  /** NOBCASTPING: whether the broadcast ping is off. */
  public boolean noBroadcastPing() {
    return flag("NOBCASTPING");
  }

  /** NOIPUNIQUE: whether putting an address in service skips the look for another holder. */
  public boolean noUniqueCheck() {
    return flag("NOIPUNIQUE");
  }

  /** IP_NOLINKCHECK: whether the link check is off. */
  public boolean noLinkCheck() {
    return flag("IP_NOLINKCHECK");
  }

  /** IP_MAX_LINKCHK: how long to wait for link to come up. */
  public Duration maxLinkCheck() {
    return seconds("IP_MAX_LINKCHK", 5, 0, 300);
  }

  /** IP_QUICKCHECK_TIMEOUT: within what time a quickCheck must end. */
  public Duration quickCheckTimeout() {
    return seconds("IP_QUICKCHECK_TIMEOUT", 12, 1, 600);
  }

  /** LKIPBU_LOCK_WAIT: how long a command waits for another that holds the instance. */
  public Duration lockWait() {
    return seconds("LKIPBU_LOCK_WAIT", 30, 0, 3600);
  }

  private Found find(String name) {
    String set = environment.get(name);
    if (set != null && !set.isEmpty()) {
      return new Found(set, "the environment");
    }
    if (fromFiles == null) {
      fromFiles = readFiles();
    }
    return fromFiles.get(name);
  }

  private static Failure wrong(String name, Found found, String what) {
    String shown = PlainText.of(found.value);
    return new Failure(
        Failure.Kind.ILLEGAL,
        "setting "
            + name
            + "="
            + (shown.length() > 60 ? shown.substring(0, 60) + "..." : shown)
            + " "
            + what,
        "correct it in " + found.where);
  }

  private Map<String, Found> readFiles() {
    Map<String, Found> values = new HashMap<>();
    for (int i = files.size() - 1; i >= 0; i--) {
      read(files.get(i), values);
    }
    return values;
  }

  private static void read(Path file, Map<String, Found> values) {
    String text;
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new Failure(
            Failure.Kind.SYSTEM, file + " is larger than 1 MiB", "it cannot be a settings file");
      }
      // Latin-1 cannot fail, whatever a comment holds; a value is checked when it is used.
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.SYSTEM, "cannot read the settings in " + file, IoReason.of(e), e);
    }
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      readLine(text.substring(start, end), file, values);
      start = end + 1;
    }
  }

  /** Takes one NAME=value line; anything else in the file is somebody else's business. */
  private static void readLine(String line, Path file, Map<String, Found> values) {
    String rest = line.strip();
    if (rest.startsWith("export ")) {
      rest = rest.substring("export ".length()).strip();
    }
    int equals = rest.indexOf('=');
    if (equals <= 0 || rest.charAt(0) == '#') {
      return;
    }
    String value = unquoted(rest.substring(equals + 1));
    if (!value.isEmpty()) {
      values.put(rest.substring(0, equals), new Found(value, file.toString()));
    } else {
      values.remove(rest.substring(0, equals));
    }
  }

  private static String unquoted(String text) {
    if (text.isEmpty()) {
      return text;
    }
    char quote = text.charAt(0);
    if (quote == '"' || quote == '\'') {
      int end = text.indexOf(quote, 1);
      return end < 0 ? text : text.substring(1, end);
    }
    int comment = text.indexOf(" #");
    return (comment < 0 ? text : text.substring(0, comment)).strip();
  }
}
