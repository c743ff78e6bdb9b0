package org.lkipbu.host;

import java.nio.file.Path;
import java.util.Map;

/**
 * The folders that lkipbu keeps things in. {@code LKIPBU_STATE_DIR}, {@code LKIPBU_RUN_DIR} and
 * {@code LKIPBU_CONFIG_DIR} move them, so that tests and network namespaces share nothing.
 *
 * @param state what must survive a reboot: instances and journals
 * @param run what a reboot may forget: locks
 * @param config what the administrator writes: settings and ping lists
 */
public record Folders(Path state, Path run, Path config) {

  /**
   * The folders that an environment asks for, and the usual ones for the rest.
   *
   * @throws Failure ILLEGAL when a variable does not hold an absolute path
   */
  public static Folders of(Map<String, String> environment) {
    return new Folders(
        folder(environment, "LKIPBU_STATE_DIR", "/var/lib/lkipbu"),
        folder(environment, "LKIPBU_RUN_DIR", "/run/lkipbu"),
        folder(environment, "LKIPBU_CONFIG_DIR", "/etc/lkipbu"));
  }

  private static Path folder(Map<String, String> environment, String name, String usual) {
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      return Path.of(usual);
    }
    if (!value.startsWith("/") || !PlainText.is(value)) {
      throw new Failure(
          Failure.Kind.ILLEGAL, name + " is not an absolute path", "set it to one, or unset it");
    }
    return Path.of(value).normalize();
  }
}
