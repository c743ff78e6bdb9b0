package org.lkipbu.ops.lcd;

import org.lkipbu.instance.State;

/** How an instance begins ({@code ins_create -I}, LCDI-instances(1M)). */
public enum Initial {
  /** Its address is put in service by a restore; until then it is out of service. */
  AUTORES_ISP(State.OSU),
  /** Its address is in service already, put there by somebody else. */
  INIT_ISP(State.ISP),
  /** Its address is out of service. */
  INIT_OSU(State.OSU);

  private final State state;

  Initial(State state) {
    this.state = state;
  }

  /** The state that it is created in. */
  public State state() {
    return state;
  }
}
