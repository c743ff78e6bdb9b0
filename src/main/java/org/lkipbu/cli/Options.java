package org.lkipbu.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of the command, made by hand: reading annotations costs as much again at start. */
final class Options {

  static final String ADD = "--add";
  static final String REMOVE = "--remove";
  static final String MOVE = "--move";
  static final String STATUS = "--status";
  static final String PROTECT = "--protect";
  static final String UNPROTECT = "--unprotect";
  static final String CHECK = "--check";
  static final String QUICK = "--quick";
  static final String RECOVER = "--recover";
  static final String REPAIR = "--repair";
  static final String WATCH = "--watch";
  static final String FAILBACK = "--failback";
  static final String TAG = "--tag";
  static final String INTERFACE = "--interface";
  static final String DESTINATION = "--destination";
  static final String LIST = "--list";
  static final String EVACUATE = "--evacuate";
  static final String DOCTOR = "--doctor";
  static final String JSON = "--json";
  static final String DRY_RUN = "--dry-run";
  static final String YES = "--yes";
  static final String HELP = "--help";
  static final String VERSION = "--version";
  static final String DEBUG = "--debug";

  private Options() {}

  /** A parser with getopt's habits; it reads no files named by {@code @}. */
  static CommandLine commandLine() {
    CommandSpec spec = CommandSpec.create().name("lkipbu");
    spec.addOption(flag("Name the backup interface.", "-a", ADD));
    spec.addOption(flag("Remove the backup interface.", "-r", REMOVE));
    spec.addOption(flag("Move the address to the backup interface.", "-m", MOVE));
    spec.addOption(flag("Show the interfaces and the state of the address.", "-s", STATUS));
    spec.addOption(
        value("address/mask", "Protect an address and put it in service on -f.", PROTECT));
    spec.addOption(flag("Take an address out of service and forget it.", UNPROTECT));
    spec.addOption(flag("Show all instances.", LIST));
    spec.addOption(flag("Tell what on this host would hurt a move.", DOCTOR));
    spec.addOption(value("interface", "Move every address off an interface.", EVACUATE));
    spec.addOption(flag("Tell whether the address is healthy.", CHECK));
    spec.addOption(flag("Leave the ping out of --check.", QUICK));
    spec.addOption(flag("Put the address back, or move it if it must.", RECOVER));
    spec.addOption(flag("Finish or undo interrupted moves.", REPAIR));
    spec.addOption(flag("Watch all addresses, or those of -t, until stopped.", WATCH));
    spec.addOption(flag("With --watch: return to the interface of -m.", FAILBACK));
    spec.addOption(values("tag", "The instance that holds the address.", "-t", TAG));
    spec.addOption(value("interface", "The interface.", "-f", INTERFACE));
    spec.addOption(value("machine", "Where to do it; here by default.", "-d", DESTINATION));
    spec.addOption(flag("Print JSON, of -s, --list and --check.", JSON));
    spec.addOption(flag("Show what a change would do, and change nothing.", DRY_RUN));
    spec.addOption(flag("Do not ask before --unprotect.", YES));
    spec.addOption(flag("Show this help.", HELP));
    spec.addOption(flag("Show the version.", VERSION));
    spec.addOption(flag("On an error show where in the program it arose.", DEBUG));
    return new CommandLine(spec)
        .setExpandAtFiles(false)
        .setInterpolateVariables(false)
        .setAllowOptionsAsOptionParameters(true);
  }

  private static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names[0], rest(names))
        .type(boolean.class)
        .arity("0")
        .description(description)
        .build();
  }

  private static OptionSpec value(String label, String description, String... names) {
    return OptionSpec.builder(names[0], rest(names))
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** An option that may be given again and again. */
  private static OptionSpec values(String label, String description, String... names) {
    return OptionSpec.builder(names[0], rest(names))
        .type(String[].class)
        .arity("1")
        .paramLabel(label)
        .description(description)
        .build();
  }

  private static String[] rest(String[] names) {
    return names.length == 1 ? new String[0] : new String[] {names[1]};
  }
}
