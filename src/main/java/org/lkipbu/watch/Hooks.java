package org.lkipbu.watch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.lkipbu.host.Caller;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.host.IoReason;

/**
 * The administrator's own programs, run one after the other, in the order of their names, after an
 * address has moved. What they do, and whether they end, changes nothing.
 */
final class Hooks {

  private final Path folder;
  private final CommandRunner runner;
  private final Duration limit;
  private final WatchLog log;

  /**
   * @param folder holds the programs; it and they must be root's and not writable by others
   * @param limit how long each may take
   */
  Hooks(Path folder, CommandRunner runner, Duration limit, WatchLog log) {
    this.folder = folder;
    this.runner = runner;
    this.limit = limit;
    this.log = log;
  }

  /** Runs all of them with the facts in their environment. */
  void run(Map<String, String> facts) {
    for (Path hook : programs()) {
      try {
        Caller.requireTrusted(hook.toRealPath(), "the hook");
        CommandResult result = runner.run(new Command(List.of(hook.toString()), limit, facts));
        if (!result.ok()) {
          log.warning("hook " + hook + " ended with " + result.exitCode() + said(result));
        }
      } catch (Failure e) {
        log.warning("hook " + hook + ": " + e.problem());
      } catch (IOException e) {
        log.warning("hook " + hook + ": " + IoReason.of(e));
      }
    }
  }

  private static String said(CommandResult result) {
    String reason = result.reason();
    return reason.isEmpty() ? "" : ": " + reason;
  }

  /** Files that can be executed and whose names do not begin with a dot, as run-parts has it. */
  private List<Path> programs() {
    List<Path> programs = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      Caller.requireTrusted(folder, "the folder of hooks");
      for (Path file : files) {
        boolean hidden = file.getFileName().toString().startsWith(".");
        if (!hidden && Files.isRegularFile(file) && Files.isExecutable(file)) {
          programs.add(file);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (Failure e) {
      log.warning(e.problem() + ": no hook is run");
      return List.of();
    } catch (IOException e) {
      log.warning("the hooks in " + folder + " cannot be read: " + IoReason.of(e));
      return List.of();
    }
    Collections.sort(programs);
    return programs;
  }
}
