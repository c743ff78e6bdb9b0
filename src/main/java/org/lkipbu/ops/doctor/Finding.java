package org.lkipbu.ops.doctor;

/**
 * One thing that was found.
 *
 * @param hurts whether it would hurt a move; otherwise it is only worth knowing
 * @param about the instance, the interface or the host that it concerns
 * @param what what is there, or is not
 * @param cure what to do about it
 */
public record Finding(boolean hurts, String about, String what, String cure) {

  static Finding hurt(String about, String what, String cure) {
    return new Finding(true, about, what, cure);
  }

  static Finding note(String about, String what, String cure) {
    return new Finding(false, about, what, cure);
  }
}
