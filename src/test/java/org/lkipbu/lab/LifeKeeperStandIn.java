package org.lkipbu.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.lkipbu.host.CommandResult;

/**
 * A folder that looks to the host of a lab like that of LifeKeeper, as far as LifeKeeper is
 * documented. Nothing of LifeKeeper's is in it.
 */
public final class LifeKeeperStandIn {

  private static final List<String> COMMANDS =
      List.of(
          "ins_list",
          "ins_setinfo",
          "ins_setstate",
          "perform_action",
          "lcdremexec",
          "sendevent",
          "lkcheck");

  private final NetLab lab;
  private final Path root;

  /** Puts it into the lab's folder, and has lkipbu use it there. */
  public LifeKeeperStandIn(NetLab lab) {
    this.lab = lab;
    this.root = lab.folder().resolve("LifeKeeper");
    try (InputStream script = getClass().getResourceAsStream("/lifekeeper/command")) {
      byte[] text = script.readAllBytes();
      for (String folder : List.of("bin", "state", "demand", "machines")) {
        Files.createDirectories(root.resolve(folder));
      }
      for (String command : COMMANDS) {
        executable(root.resolve("bin").resolve(command), new String(text, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lab.environment().put("LKROOT", root.toString());
    lab.environment().put("LKIPBU_STORE", "lifekeeper");
    lab.environment().put("NOIPUNIQUE", "1");
  }

  /** Its folder. */
  public Path root() {
    return root;
  }

  /** Makes an instance, as LifeKeeper's own tools would. */
  public void instance(String app, String type, String tag, String id, String info, String state) {
    write(
        root.resolve("state").resolve(tag.replace('/', '%')),
        String.join("\n", "lknode", app, type, tag, id, info, state, "why it is so") + "\n");
  }

  /** A field of an instance, counted from 0 as in a line of {@code ins_list}. */
  public String field(String tag, int index) {
    return run("ins_list", "-t", tag).out().split("\001")[index];
  }

  /** Asks something of a command: {@code delay SECONDS} or {@code fail CODE MESSAGE}. */
  public void demand(String command, String what) {
    write(root.resolve("demand").resolve(command), what + "\n");
  }

  /** Asks nothing of a command any more. */
  public void relent(String command) {
    try {
      Files.deleteIfExists(root.resolve("demand").resolve(command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a namespace known as a machine of the cluster. */
  public void machine(String name, String namespace) {
    write(root.resolve("machines").resolve(name), namespace + "\n");
  }

  /** Runs one of its commands on the host. */
  public CommandResult run(String command, String... arguments) {
    String[] argv = new String[arguments.length + 1];
    argv[0] = root.resolve("bin").resolve(command).toString();
    System.arraycopy(arguments, 0, argv, 1, arguments.length);
    return lab.run(lab.host(), argv);
  }

  /** Runs one of the scripts that LifeKeeper calls, or that serve them, on the host. */
  public CommandResult script(String name, String... arguments) {
    return lab.script("lifekeeper/" + name, arguments);
  }

  /** What is in one of its files; empty when it is not there. */
  public String read(String file) {
    try {
      Path path = root.resolve(file);
      return Files.exists(path) ? Files.readString(path) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An executable file. */
  public static void executable(Path file, String text) {
    write(file, text);
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
