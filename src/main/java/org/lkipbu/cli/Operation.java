package org.lkipbu.cli;

/** What a run of the command is asked to do. */
enum Operation {
  ADD,
  REMOVE,
  MOVE,
  STATUS,
  REPAIR,
  HELP,
  VERSION;

  /** Whether it changes the host or the store, which only root may. */
  boolean changes() {
    return this == ADD || this == REMOVE || this == MOVE || this == REPAIR;
  }
}
