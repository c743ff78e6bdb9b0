package org.lkipbu.cli;

/** An option that changes how an operation goes about its work. */
enum Modifier {
  YES(Options.YES, Operation.UNPROTECT),
  JSON(Options.JSON, Operation.STATUS, Operation.LIST, Operation.CHECK),
  DRY_RUN(
      Options.DRY_RUN,
      Operation.ADD,
      Operation.REMOVE,
      Operation.MOVE,
      Operation.PROTECT,
      Operation.UNPROTECT,
      Operation.EVACUATE,
      Operation.RECOVER,
      Operation.REPAIR),
  QUICK(Options.QUICK, Operation.CHECK),
  FAILBACK(Options.FAILBACK, Operation.WATCH);

  private final String option;
  private final Operation[] operations;

  Modifier(String option, Operation... operations) {
    this.option = option;
    this.operations = operations;
  }

  /** The long option that asks for it. */
  String option() {
    return option;
  }

  /** Whether an operation knows it. */
  boolean goesWith(Operation operation) {
    for (Operation one : operations) {
      if (one == operation) {
        return true;
      }
    }
    return false;
  }
}
