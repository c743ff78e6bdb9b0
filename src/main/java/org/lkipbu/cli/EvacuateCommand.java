package org.lkipbu.cli;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.Tag;
import org.lkipbu.ops.Evacuate;
import org.lkipbu.ops.MoveToBackup.Moved;

/** {@code --evacuate}. */
final class EvacuateCommand {

  private final Application application;

  EvacuateCommand(Application application) {
    this.application = application;
  }

  /** A line for each address that moved; the exit code is that of the worst failure. */
  Outcome run(Request request, ErrorLine errors) {
    StringBuilder text = new StringBuilder();
    int[] worst = {0};
    ChangeLog log = new ChangeLog(application.systemLog());
    int found =
        new Evacuate(application.store(), application.interfaces(), this::move)
            .run(
                request.interfaceName(),
                (tag, moved) -> text.append(TextRenderer.moved(moved)),
                failure -> {
                  worst[0] = worse(worst[0], errors.report(failure));
                  log.failed(request, failure);
                });
    if (found == 0 && worst[0] == 0) {
      text.append("no address is in service on ").append(request.interfaceName()).append('\n');
    }
    return new Outcome(text.toString(), worst[0]);
  }

  private Moved move(Tag tag) {
    MoveNote note = new MoveNote(application.lastMoves());
    return note.moved(tag, application.moveToBackup(tag).run(tag), "lkipbu --evacuate");
  }

  /** An address that is nowhere is the worst, then the higher code. */
  private static int worse(int one, int other) {
    int lost = Failure.Kind.ADDRESS_LOST.exitCode();
    return one == lost || other == lost ? lost : Math.max(one, other);
  }
}
