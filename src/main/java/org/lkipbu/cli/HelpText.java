package org.lkipbu.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What {@code --help} prints, within 80 columns. */
final class HelpText {

  private static final int COLUMNS = 79;

  private HelpText() {}

  static String of(CommandLine commandLine) {
    commandLine.setUsageHelpWidth(COLUMNS);
    commandLine.getCommandSpec().usageMessage().optionListHeading("Options:%n");
    commandLine
        .getCommandSpec()
        .usageMessage()
        .header("Backup interfaces for protected IP addresses.")
        .customSynopsis(
            "lkipbu [-d machine] -{a|r} -t tag -f interface",
            "       lkipbu [-d machine] -m -t tag",
            "       lkipbu [-d machine] -s [--json] -t tag",
            "       lkipbu [-d machine] --list [--json]",
            "       lkipbu --protect address/mask -f interface [-t tag]",
            "       lkipbu --unprotect [--yes] -t tag",
            "       lkipbu [-d machine] --doctor [-t tag]",
            "       lkipbu [-d machine] --evacuate interface",
            "       lkipbu [-d machine] --check [--quick] [--json] -t tag",
            "       lkipbu [-d machine] --recover -t tag",
            "       lkipbu [-d machine] --repair [-t tag]",
            "       lkipbu --watch [--failback] [-t tag]...")
        .sortOptions(false)
        .footer(
            "Exit status:",
            "   0 done                           7 no such tag, or no such backup",
            "   1 the system refused             9 machine not reached",
            "   2 wrong command line            10 not moved, the address is where it was",
            "   3 internal error                11 not moved, the address is nowhere",
            "   4 there is a backup already     12 another operation held the instance",
            "   5 illegal value                 13 not healthy; something would hurt",
            "                                      See lkipbu(8).");
    return commandLine.getUsageMessage(Ansi.OFF);
  }
}
