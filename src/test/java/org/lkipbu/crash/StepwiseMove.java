package org.lkipbu.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lkipbu.lab.NetLab;

/**
 * Runs a command of lkipbu in which every program that it or its ipaction starts is a step that can
 * be its last. In a mount namespace of the command's own a script lies over each program; it
 * counts, and does its worst when its turn has come.
 */
final class StepwiseMove {

  /** What happens at the step. */
  enum Fault {
    /** The command dies, what it started goes on. */
    COMMAND_DIES,
    /** The command and all that it started die before the program runs. */
    ALL_DIE_BEFORE,
    /** They die when the program has run. */
    ALL_DIE_AFTER,
    /** The program hangs, deaf to every signal that can be ignored. */
    HANGS
  }

  private static final String PROGRAMS =
      "ip awk flock sed mv rm cat grep stat mkdir sleep arping ping ndptool bridge readlink setsid";

  /** Only builtins, because the programs of the namespace are this script. */
  private static final String STEP =
      """
      #!/bin/sh
      name=${0##*/}
      echo "$name" >>@/steps
      n=0
      while read -r line; do n=$((n + 1)); done <@/steps
      read -r step fault wanted <@/fault
      [ -z "$wanted" ] || [ "$name $*" = "$wanted" ] || n=0
      read -r pid <@/pid
      if [ "$n" -ge "$step" ] && [ ! -e @/done ]; then
        >@/done
        case $fault in
          COMMAND_DIES) kill -9 "$pid" ;;
          ALL_DIE_BEFORE) kill -9 -- "-$pid" ;;
          ALL_DIE_AFTER) "@/real/$name" "$@"; kill -9 -- "-$pid" ;;
          HANGS) trap '' TERM INT HUP PIPE; "@/real/sleep" 600 ;;
        esac
      fi
      exec "@/real/$name" "$@"
      """;

  private static final String PREPARE =
      """
      mkdir -p @/real
      for name in %s; do
        path=$(readlink -f "$(command -v $name)") && cp "$path" @/real/$name || :
      done
      """
          .formatted(PROGRAMS);

  private static final String RUN =
      """
      for name in %s; do
        [ ! -e @/real/$name ] || mounts="$mounts $(readlink -f "$(command -v $name)")"
      done
      for path in $mounts; do mount --bind @/step "$path" || exit 99; done
      echo $$ >@/pid
      exec "$@"
      """
          .formatted(PROGRAMS);

  private final NetLab lab;
  private final Path folder;
  private int exitCode;

  StepwiseMove(NetLab lab) throws IOException {
    this.lab = lab;
    this.folder = Files.createDirectories(lab.folder().resolve("steps"));
    Path step = folder.resolve("step");
    Files.writeString(step, in(STEP));
    Files.setPosixFilePermissions(step, PosixFilePermissions.fromString("rwxr-xr-x"));
    lab.ok(lab.host(), "sh", "-ec", in(PREPARE));
  }

  /** How many steps an undisturbed move has. */
  int count() throws Exception {
    run(Integer.MAX_VALUE, Fault.COMMAND_DIES);
    return programs().size();
  }

  /**
   * Moves with a fault at a step.
   *
   * @return whether the move came so far
   */
  boolean run(int step, Fault fault) throws Exception {
    return run(step + " " + fault);
  }

  /** Moves with a fault at the first program that has this name and these arguments. */
  boolean run(String command, Fault fault) throws Exception {
    return run("1 " + fault + " " + command);
  }

  private boolean run(String fault) throws Exception {
    // What hung in the background of a move that succeeded is none of the next one's.
    lab.run(lab.host(), "pkill", "-9", "-f", folder.resolve("real/sleep") + " 600");
    Files.writeString(folder.resolve("steps"), "");
    Files.writeString(folder.resolve("fault"), fault + "\n");
    Files.deleteIfExists(folder.resolve("done"));
    List<String> argv =
        new ArrayList<>(List.of("ip", "netns", "exec", lab.host(), "setsid", "sh", "-c"));
    argv.add(in(RUN));
    argv.add("sh");
    argv.add(Path.of("scripts/lkipbu").toAbsolutePath().toString());
    argv.addAll(List.of("-m", "-t", CrashLab.TAG));
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().putAll(lab.environment());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the move did not end");
    }
    exitCode = process.exitValue();
    if (exitCode == 99) {
      throw new AssertionError("cannot mount: " + output());
    }
    return Files.exists(folder.resolve("done"));
  }

  /** How the last move ended. */
  int exitCode() {
    return exitCode;
  }

  /** The names of the programs that the last move started, in order. */
  List<String> programs() throws IOException {
    return Files.readAllLines(folder.resolve("steps"));
  }

  /** Whether something that hung is still there. */
  boolean leftSomething() {
    for (String pid : lab.ok(lab.host(), "ip", "netns", "pids", lab.host()).split("\n")) {
      // A process that ended meanwhile has no command line.
      if (lab.run(lab.host(), "cat", "/proc/" + pid.strip() + "/cmdline")
          .out()
          .contains("real/sleep")) {
        return true;
      }
    }
    return false;
  }

  /** The step at which the last run ended, and what it had said. */
  String output() throws IOException {
    List<String> steps = programs();
    String last = steps.isEmpty() ? "nothing" : steps.get(steps.size() - 1);
    return "last program " + last + ", " + Files.readString(folder.resolve("output"));
  }

  private String in(String script) {
    return script.replace("@/", folder + "/");
  }
}
