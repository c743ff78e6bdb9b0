package org.lkipbu.cli;

import java.util.List;
import org.lkipbu.net.Proof;
import org.lkipbu.ops.Health;
import org.lkipbu.ops.MoveToBackup.Moved;
import org.lkipbu.ops.ProtectAddress.Protected;
import org.lkipbu.ops.Recover.Recovered;
import org.lkipbu.ops.Repair.Repaired;
import org.lkipbu.ops.ShowStatus.Status;
import org.lkipbu.ops.UnprotectAddress.Unprotected;

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

  /** One line about a healthy address. */
  static String health(Health health) {
    return health.address().host()
        + " is healthy on "
        + health.on()
        + (health.proof().isPresent() ? ", " + proof(health.proof().get()) : "")
        + (health.putRight().isEmpty() ? "" : "; rules and routes " + health.putRight())
        + "\n";
  }

  /** One line that says where the address is now, and why. */
  static String recovered(Recovered done) {
    return done.address().host()
        + ": "
        + (done.moved() ? done.from() + " -> " + done.to() : "in service on " + done.to())
        + ", "
        + proof(done.proof())
        + (done.moved() ? "; " + done.reason() : "")
        + "\n";
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

  /** One line that says what is protected where now. */
  static String isProtected(Protected it) {
    return it.address()
        + (it.adopted() ? " stays on " : " is in service on ")
        + it.on()
        + ", protected as "
        + it.tag()
        + "\n";
  }

  /** What is asked before an address is given up. */
  static String unprotectQuestion(Unprotected what) {
    return "forget "
        + what.tag()
        + " and take "
        + what.address()
        + " out of service"
        + from(what)
        + "?";
  }

  /** One line that says what is protected no more. */
  static String unprotected(Unprotected what) {
    return what.address()
        + " is out of service"
        + from(what)
        + ", "
        + what.tag()
        + " is forgotten\n";
  }

  private static String from(Unprotected what) {
    return what.on().isPresent() ? " on " + what.on().get() : "";
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
