package org.lkipbu.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes the completion for bash, which zsh reads as well: picocli's, from the options as they are.
 * Values that a host alone knows, those labelled {@code tag} and {@code interface}, are asked of
 * shell functions when somebody completes. The build runs it.
 */
public final class CompletionScript {

  private static final String REGISTRATION = "complete -F _complete_lkipbu ";

  private CompletionScript() {}

  /**
   * Writes the script.
   *
   * @param args the file with the shell functions, and the file to write
   */
  public static void main(String[] args) throws IOException {
    String functions = Files.readString(Path.of(args[0]));
    Path target = Path.of(args[1]);
    Files.createDirectories(target.getParent());
    Files.writeString(target, of(Options.commandLine(), functions));
  }

  /** The script for a command line. */
  static String of(CommandLine commandLine, String functions) {
    CommandSpec spec = commandLine.getCommandSpec();
    for (OptionSpec option : List.copyOf(spec.options())) {
      String live = live(option);
      if (live != null) {
        spec.remove(option);
        spec.addOption(option.toBuilder().completionCandidates(List.of(live)).build());
      }
    }
    return asking(AutoComplete.bash(spec.name(), commandLine)) + functions;
  }

  private static String live(OptionSpec option) {
    return switch (option.paramLabel()) {
      case "tag" -> "$(_lkipbu_tags)";
      case "interface" -> "$(_lkipbu_interfaces)";
      default -> null;
    };
  }

  /**
   * picocli puts candidates into an array before it knows which option is completed. Here the
   * function is called in the place where the array would be used, and only there. The script is
   * sourced, so it names no interpreter; and {@code functions} register it.
   */
  private static String asking(String script) {
    List<String> lines = new ArrayList<>();
    List<String[]> arrays = new ArrayList<>();
    for (String line : script.split("\n")) {
      int begin = line.indexOf("=(\"$(_lkipbu_");
      if (begin > 0) {
        String name = line.substring(line.indexOf("local ") + "local ".length(), begin);
        String call = line.substring(line.indexOf("$("), line.indexOf(")\"") + 1);
        arrays.add(new String[] {"\"${" + name + "[@]}\"", call});
      } else if (!line.startsWith(REGISTRATION) && !line.startsWith("#!")) {
        for (String[] array : arrays) {
          line = line.replace(array[0], array[1]);
        }
        lines.add(line);
      }
    }
    return String.join("\n", lines) + "\n";
  }
}
