package org.lkipbu.cli;

import java.util.ArrayList;
import java.util.List;
import org.lkipbu.host.Failure;
import org.lkipbu.host.Terminal;
import org.lkipbu.ops.AddressView;
import org.lkipbu.ops.Health;
import org.lkipbu.ops.ListAddresses;

/** {@code --list}, and {@code -s} for programs. */
final class ViewCommand {

  private final Application application;

  ViewCommand(Application application) {
    this.application = application;
  }

  /** One instance as JSON. */
  String status(Request request, ErrorLine errors) {
    AddressView view = operation().run(request.tag());
    if (view.interrupted()) {
      errors.interrupted(request.tag());
    }
    return new JsonRenderer().status(view);
  }

  /** All instances; the exit code is that of the first that cannot be read. */
  Outcome list(Request request, ErrorLine errors) {
    List<AddressView> all = new ArrayList<>();
    int[] exitCode = {0};
    operation()
        .run(
            all::add,
            broken -> {
              int code = errors.report(broken);
              exitCode[0] = exitCode[0] == 0 ? code : exitCode[0];
            });
    return new Outcome(
        request.has(Modifier.JSON) ? new JsonRenderer().list(all) : table(all), exitCode[0]);
  }

  /** What a check found, as JSON; an address that is not healthy is an error beside it. */
  Outcome health(Health health, ErrorLine errors) {
    String text = new JsonRenderer().health(health);
    try {
      health.orFail();
      return Outcome.of(text);
    } catch (Failure e) {
      return new Outcome(text, errors.report(e));
    }
  }

  private String table(List<AddressView> all) {
    ListTable table = new ListTable(Colours.of(application.environment(), Terminal.isStdout()));
    all.forEach(table::add);
    return table.text();
  }

  private ListAddresses operation() {
    return new ListAddresses(
        application.store(),
        application.interfaces(),
        application.journal(),
        application.lastMoves());
  }
}
