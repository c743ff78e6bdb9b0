package org.lkipbu.cli;

import java.util.List;
import org.lkipbu.net.Proof;
import org.lkipbu.ops.MoveToBackup.Moved;
import org.lkipbu.ops.Repair.Repaired;
import org.lkipbu.ops.ShowStatus.Status;

/** Outcomes as text for people. */
final class TextRenderer {

  private TextRenderer() {}

  /** The four lines of {@code -s}, exactly as the original prints them. */
  static String status(Status status) {
    return "IP address: "
        + status.address()
        + "\nNetmask: "
        + status.netmask()
        + "\nPrimary interface: "
        + status.primary()
        + (status.up() ? " (up)" : " (down)")
        + "\nBackup interface: "
        + (status.backup().isPresent() ? status.backup().get().value() : "none")
        + "\n";
  }

  /** One line that says what moved where and how that was shown. */
  static String moved(Moved moved) {
    String how = moved.proof().isPresent() ? proof(moved.proof().get()) : "out of service";
    return moved.address().host() + ": " + moved.from() + " -> " + moved.to() + ", " + how + "\n";
  }

  /** One line an instance. */
  static String repaired(List<Repaired> all) {
    StringBuilder text = new StringBuilder();
    for (Repaired one : all) {
      text.append(one.tag()).append(": ").append(one.address().host()).append(" is on ");
      text.append(one.on().isPresent() ? one.on().get().value() : "no interface").append('\n');
    }
    return text.toString();
  }

  private static String proof(Proof proof) {
    String way =
        switch (proof.kind()) {
          case BROADCAST -> "verified by broadcast ping, ";
          case PING_LIST -> "verified by the ping list, ";
          case NEIGHBOUR_ECHO -> "verified by a neighbour, ";
          case LINK_LAYER -> "verified at the link layer alone, ";
          case LINK_ONLY -> "not verified, ";
        };
    return way + proof.witness() + " (" + proof.took().toMillis() + " ms)";
  }
}
