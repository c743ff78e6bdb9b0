package org.lkipbu.cli;

import java.util.List;
import java.util.Optional;
import org.lkipbu.host.Failure;
import org.lkipbu.host.PlainText;
import org.lkipbu.ops.doctor.Doctor;
import org.lkipbu.ops.doctor.Finding;
import org.lkipbu.ops.doctor.HostFacts;

/** {@code --doctor}: one line a finding. */
final class DoctorCommand {

  private final Application application;

  DoctorCommand(Application application) {
    this.application = application;
  }

  /** What was found; the exit code says whether any of it would hurt a move. */
  Outcome run(Request request) {
    Doctor doctor =
        new Doctor(
            application.store(),
            application.pingLists(),
            new HostFacts(application.runner(), application.interfaces()),
            application.settings().flag("LKIPBU_STRICT_BCASTPING"),
            application.settings().noBroadcastPing());
    List<Finding> findings = doctor.run(Optional.ofNullable(request.tag()));
    StringBuilder text = new StringBuilder();
    boolean hurts = false;
    for (Finding one : findings) {
      hurts |= one.hurts();
      String line = one.about() + ": " + one.what() + ": " + one.cure();
      text.append(one.hurts() ? "hurts: " : "note: ").append(PlainText.of(line)).append('\n');
    }
    if (findings.isEmpty()) {
      text.append("nothing found that would hurt a move\n");
    }
    return new Outcome(text.toString(), hurts ? Failure.Kind.UNHEALTHY.exitCode() : 0);
  }
}
