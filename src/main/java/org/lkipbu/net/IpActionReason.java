package org.lkipbu.net;

import org.lkipbu.host.CommandResult;

/** The reason that an ipaction gave, fit for lkipbu's one line. */
final class IpActionReason {

  private static final String OWN_PREFIX = "ipaction: ";
  private static final int SHOWN = 300;

  private IpActionReason() {}

  /** Its last words on stderr, without its name before them, or how it ended. */
  static String of(CommandResult result) {
    String reason = result.reason();
    if (reason.startsWith(OWN_PREFIX)) {
      reason = reason.substring(OWN_PREFIX.length());
    }
    if (reason.isEmpty()) {
      return "ipaction ended with status " + result.exitCode();
    }
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(reason.length(), SHOWN); i++) {
      char c = reason.charAt(i);
      shown.append(c < ' ' || c == 0x7f ? '?' : c);
    }
    return shown.toString();
  }
}
