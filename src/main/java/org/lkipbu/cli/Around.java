package org.lkipbu.cli;

import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Unattended;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.Verifier;

/** What a run puts around the parts that touch the network: nothing, unless it says otherwise. */
interface Around {

  /** Nothing at all. */
  Around NOTHING = new Around() {};

  /** Around what runs an ipaction. */
  default CommandRunner ipActionRunner(CommandRunner runner) {
    return runner;
  }

  /** What starts programs that nobody waits for. */
  default Unattended programs() {
    return Unattended.real();
  }

  /** Around what puts an address on interfaces. */
  default IpAction ipAction(IpAction action) {
    return action;
  }

  /** Around what shows that an address answers. */
  default Verifier verifier(Verifier verifier) {
    return verifier;
  }

  /** Around what looks at a backup before a move. */
  default Preflight preflight(Preflight preflight) {
    return preflight;
  }
}
