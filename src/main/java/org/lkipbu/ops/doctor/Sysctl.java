package org.lkipbu.ops.doctor;

/** Reads settings of the kernel. */
final class Sysctl {

  private Sysctl() {}

  /** A number below /proc/sys; -1 when it cannot be read. */
  static int number(Facts host, String key) {
    try {
      return Integer.parseInt(host.read("/proc/sys/" + key).strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
