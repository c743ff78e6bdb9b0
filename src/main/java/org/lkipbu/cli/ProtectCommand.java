package org.lkipbu.cli;

import org.lkipbu.host.Failure;
import org.lkipbu.host.ThisMachine;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.Tag;
import org.lkipbu.ops.ProtectAddress;
import org.lkipbu.ops.UnprotectAddress;
import org.lkipbu.ops.UnprotectAddress.Unprotected;

/** {@code --protect} and {@code --unprotect}. */
final class ProtectCommand {

  private final Application application;
  private final EmbeddedStore store;

  /**
   * The commands within an application.
   *
   * @throws Failure ILLEGAL on a LifeKeeper server
   */
  ProtectCommand(Application application) {
    this.application = application;
    this.store = application.embeddedStore();
  }

  /** Protects an address; the line that says so. */
  String protect(Request request) {
    Tag tag = request.tag() == null ? ProtectAddress.usualTag(request.address()) : request.tag();
    ProtectAddress operation =
        new ProtectAddress(
            store,
            application.interfaces(),
            application.ipAction(tag),
            application.lock(),
            new ThisMachine().name());
    return TextRenderer.isProtected(operation.run(tag, request.address(), request.interfaceName()));
  }

  /** Forgets an address after a question; the line that says so. */
  String unprotect(Request request, ErrorLine errors) {
    Tag tag = request.tag();
    UnprotectAddress operation =
        new UnprotectAddress(
            store,
            application.interfaces(),
            application.ipAction(tag),
            application.lock(),
            application.repair(tag));
    Unprotected what = operation.look(tag);
    if (!request.has(Modifier.YES)
        && !new Question(errors).agreed(TextRenderer.unprotectQuestion(what))) {
      throw new Failure(
          Failure.Kind.USAGE,
          "nothing was changed, " + what.address().host() + " stays protected",
          "answer y, or say " + Options.YES);
    }
    Unprotected done = operation.run(tag);
    application.lastMoves().forget(tag);
    return TextRenderer.unprotected(done);
  }
}
