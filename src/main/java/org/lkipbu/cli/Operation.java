package org.lkipbu.cli;

/** What a run of the command is asked to do, and what its command line takes for it. */
enum Operation {
  ADD(Options.ADD, Use.NEEDED, Use.NEEDED, true),
  REMOVE(Options.REMOVE, Use.NEEDED, Use.NEEDED, true),
  MOVE(Options.MOVE, Use.NEEDED, Use.NONE, true),
  STATUS(Options.STATUS, Use.NEEDED, Use.NONE, false),
  CHECK(Options.CHECK, Use.NEEDED, Use.NONE, true),
  RECOVER(Options.RECOVER, Use.NEEDED, Use.NONE, true),
  PROTECT(Options.PROTECT, Use.OPTIONAL, Use.NEEDED, true),
  UNPROTECT(Options.UNPROTECT, Use.NEEDED, Use.NONE, true),
  LIST(Options.LIST, Use.NONE, Use.NONE, false),
  DOCTOR(Options.DOCTOR, Use.OPTIONAL, Use.NONE, false),
  EVACUATE(Options.EVACUATE, Use.NONE, Use.NONE, true),
  REPAIR(Options.REPAIR, Use.OPTIONAL, Use.NONE, true),
  WATCH(Options.WATCH, Use.OPTIONAL, Use.NONE, true),
  HELP(Options.HELP, Use.OPTIONAL, Use.OPTIONAL, false),
  VERSION(Options.VERSION, Use.OPTIONAL, Use.OPTIONAL, false);

  /** Whether an operation takes an option. */
  enum Use {
    NEEDED,
    OPTIONAL,
    NONE
  }

  private final String option;
  private final Use tag;
  private final Use interfaceName;
  private final boolean changes;

  Operation(String option, Use tag, Use interfaceName, boolean changes) {
    this.option = option;
    this.tag = tag;
    this.interfaceName = interfaceName;
    this.changes = changes;
  }

  /** The long option that asks for it. */
  String option() {
    return option;
  }

  /** Whether it takes {@code -t}. */
  Use tag() {
    return tag;
  }

  /** Whether it takes {@code -f}. */
  Use interfaceName() {
    return interfaceName;
  }

  /** Whether it changes the host or the store, which only root may. */
  boolean changes() {
    return changes;
  }
}
