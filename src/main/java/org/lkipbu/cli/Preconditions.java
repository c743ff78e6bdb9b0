package org.lkipbu.cli;

/** What an operation has made sure of, in words, when it has not failed. */
final class Preconditions {

  private Preconditions() {}

  /** A line for what needs no program to be known; empty where there is nothing of the kind. */
  static String of(Request request) {
    String on = request.interfaceName() == null ? "" : request.interfaceName().value();
    return switch (request.operation()) {
      case ADD ->
          "checked: there is no backup yet; "
              + on
              + " is there, and neither the primary nor the loopback\n";
      case REMOVE -> "checked: " + on + " is the backup\n";
      case PROTECT ->
          "checked: "
              + on
              + " is there; neither another instance nor another interface has "
              + request.address().literal()
              + "\n";
      default -> "";
    };
  }
}
