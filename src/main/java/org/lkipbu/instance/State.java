package org.lkipbu.instance;

/** The state of a resource instance, by LifeKeeper's names (LCDI-instances(1M)). */
public enum State {
  /** In service, protected. */
  ISP,
  /** In service, unprotected. */
  ISU,
  /** Out of service, failed. */
  OSF,
  /** Out of service, unimpaired. */
  OSU;

  /** Whether the address is in service: ISP or ISU. */
  public boolean inService() {
    return this == ISP || this == ISU;
  }
}
