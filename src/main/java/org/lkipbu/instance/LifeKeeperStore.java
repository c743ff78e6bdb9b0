package org.lkipbu.instance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.host.PlainText;

/**
 * LifeKeeper's own database, by its documented commands (LCDI-instances(1M)) and never by its
 * files.
 *
 * <p>{@code ins_list -t} prints an instance on one line, its fields separated by the character
 * octal 001: system, application, type, tag, id, INFO, state, reason and others that are ignored
 * here. {@code ins_setinfo -t -v} writes INFO.
 */
public final class LifeKeeperStore implements InstanceStore {

  private static final char SEPARATOR = '\001';
  private static final int INFO = 5;
  private static final int STATE = 6;
  private static final int REASON = 7;
  private static final int MAX_MESSAGE = 200;

  private final Path bin;
  private final CommandRunner runner;
  private final Duration limit;

  /**
   * The database of the LifeKeeper at a place.
   *
   * @param root LKROOT
   * @param limit how long one of its commands may take
   */
  public LifeKeeperStore(Path root, CommandRunner runner, Duration limit) {
    this.bin = root.resolve("bin");
    this.runner = runner;
    this.limit = limit;
  }

  /**
   * {@inheritDoc}
   *
   * @throws Failure ILLEGAL also when the instance is no IP address ({@code comm}, {@code ip});
   *     otherwise of the kind that has the exit code of LifeKeeper's command, with its message
   */
  @Override
  public ResourceInstance find(Tag tag) {
    CommandResult result = run("ins_list", tag);
    for (String line : lines(result.out())) {
      List<String> fields = fields(line);
      if (fields.size() > 3 && fields.get(3).equals(tag.value())) {
        return instance(tag, fields);
      }
    }
    throw new Failure(
        Failure.Kind.NOT_FOUND,
        "LifeKeeper has no instance " + tag,
        "see those it has with " + bin.resolve("ins_list"));
  }

  @Override
  public void list(Consumer<ResourceInstance> each, Consumer<Failure> broken) {
    CommandResult result;
    try {
      result = call("ins_list", "IP addresses", List.of("-a", "comm", "-r", "ip"));
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.NOT_FOUND) {
        return;
      }
      throw e;
    }
    for (String line : lines(result.out())) {
      List<String> fields = fields(line);
      // Whatever LifeKeeper makes of the conditions, only addresses are listed.
      if (fields.size() > 3 && fields.get(1).equals("comm") && fields.get(2).equals("ip")) {
        ResourceInstance instance;
        try {
          instance = instance(new Tag(fields.get(3)), fields);
        } catch (Failure e) {
          broken.accept(e);
          continue;
        }
        each.accept(instance);
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>LifeKeeper offers nothing to prepare a change with, so the commit does all of it: it writes
   * INFO, reads it back, and fails when LifeKeeper shows anything else.
   */
  @Override
  public Pending prepareInfo(Tag tag, String info) {
    if (info.startsWith("-") || !PlainText.is(info)) {
      throw new Failure(
          Failure.Kind.ILLEGAL, "INFO " + Quoted.of(info) + " is not valid", "see lkipbu(8)");
    }
    return new Pending() {
      @Override
      public void commit() {
        writeInfo(tag, info);
      }

      @Override
      public void close() {
        // Nothing was made ready, so nothing is left over.
      }
    };
  }

  private void writeInfo(Tag tag, String info) {
    Failure refused = null;
    try {
      run("ins_setinfo", tag, "-v", info);
    } catch (Failure e) {
      // A command that was ended at its time limit may have written nevertheless: look.
      refused = e;
    }
    String now;
    try {
      now = find(tag).info();
    } catch (Failure e) {
      throw refused == null ? e : refused;
    }
    if (now.equals(info)) {
      return;
    }
    throw refused != null
        ? refused
        : new Failure(
            Failure.Kind.SYSTEM,
            "LifeKeeper shows INFO " + Quoted.of(now) + " for " + tag + " after it was set",
            "set it to " + Quoted.of(info) + " with " + bin.resolve("ins_setinfo"));
  }

  private CommandResult run(String command, Tag tag, String... rest) {
    List<String> words = new ArrayList<>();
    if (tag.value().startsWith("-")) {
      // Attached to its option, a value is a value for every getopt.
      words.add("-t" + tag.value());
    } else {
      words.add("-t");
      words.add(tag.value());
    }
    words.addAll(List.of(rest));
    return call(command, tag.value(), words);
  }

  private CommandResult call(String command, String about, List<String> words) {
    List<String> argv = new ArrayList<>();
    argv.add(bin.resolve(command).toString());
    argv.addAll(words);
    CommandResult result = runner.run(new Command(argv, limit, Map.of()));
    if (result.ok()) {
      return result;
    }
    String said = PlainText.of(result.reason());
    throw new Failure(
        kind(result.exitCode()),
        command
            + " of LifeKeeper ended with "
            + result.exitCode()
            + " for "
            + about
            + (said.isEmpty()
                ? ""
                : ", " + said.substring(0, Math.min(MAX_MESSAGE, said.length()))),
        advice(result.exitCode()));
  }

  /** LCDI's exit codes are lkipbu's own; a code that LCDI does not have is the system's fault. */
  private static Failure.Kind kind(int exitCode) {
    for (Failure.Kind kind : Failure.Kind.values()) {
      if (kind.exitCode() == exitCode && exitCode <= Failure.Kind.UNREACHABLE.exitCode()) {
        return kind;
      }
    }
    return Failure.Kind.SYSTEM;
  }

  private static String advice(int exitCode) {
    return exitCode == Failure.Kind.NOT_FOUND.exitCode()
        ? "look for the tag with ins_list"
        : "see LCDI-instances(1M) for the code, and whether LifeKeeper runs";
  }

  private static ResourceInstance instance(Tag tag, List<String> fields) {
    if (fields.size() <= STATE) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "ins_list shows " + fields.size() + " fields for " + tag,
          "7 at least are documented, see LCDI-instances(1M)");
    }
    if (!fields.get(1).equals("comm") || !fields.get(2).equals("ip")) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "instance "
              + tag
              + " is of application "
              + Quoted.of(fields.get(1))
              + ", type "
              + Quoted.of(fields.get(2)),
          "name an IP address (comm, ip)");
    }
    return new ResourceInstance(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        tag,
        fields.get(4),
        fields.get(INFO),
        state(tag, fields.get(STATE)),
        fields.size() > REASON ? fields.get(REASON) : "");
  }

  private static State state(Tag tag, String name) {
    for (State state : State.values()) {
      if (state.name().equals(name)) {
        return state;
      }
    }
    throw new Failure(
        Failure.Kind.ILLEGAL,
        "ins_list shows the unknown state " + Quoted.of(name) + " for " + tag,
        "ISP, ISU, OSF and OSU are documented");
  }

  private static List<String> lines(String text) {
    return split(text, '\n');
  }

  private static List<String> fields(String line) {
    return split(line, SEPARATOR);
  }

  private static List<String> split(String text, char at) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf(at); end >= 0; end = text.indexOf(at, from)) {
      parts.add(text.substring(from, end));
      from = end + 1;
    }
    parts.add(text.substring(from));
    return parts;
  }
}
