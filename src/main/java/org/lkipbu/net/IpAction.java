package org.lkipbu.net;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;

/** Puts an address on interfaces of this host, by the program {@code ipaction}. */
public interface IpAction {

  /**
   * Puts the address in service on the interface; no error when it is there already.
   *
   * @throws Failure SYSTEM when it failed, ILLEGAL when the host cannot give the address its own
   *     way out, EXISTS when another machine holds the address
   */
  void restore(ProtectedAddress address, InterfaceName on);

  /**
   * Takes the address out of service; no error when it is not there.
   *
   * @throws Failure SYSTEM when it failed
   */
  void remove(ProtectedAddress address, InterfaceName from);

  /**
   * Takes the address from one interface and puts it on the other.
   *
   * @throws Failure MOVE_FAILED when the address is back where it was, ADDRESS_LOST when it is on
   *     neither, ILLEGAL as {@link #restore}
   */
  void move(ProtectedAddress address, InterfaceName from, InterfaceName to);

  /**
   * Records the routes that the address uses, and makes its rules and routes, where it has any,
   * match the interface that it is on, or removes them when it is on none. An address that
   * something else put on its interface gets no rules. The kernel drops the routes of an interface
   * that goes down, so what a move will need is recorded before. An ipaction that keeps no routes
   * has nothing to do.
   *
   * @param on where it should be
   * @return what had to be put right; the empty string when nothing had to be
   * @throws Failure SYSTEM when it failed, ILLEGAL as {@link #restore}, BUSY when another change of
   *     the host's addresses goes on
   */
  default String refresh(ProtectedAddress address, InterfaceName on) {
    return "";
  }

  /**
   * Tells the network once where the address is; nothing when it is not there, or when the ipaction
   * knows no such operation.
   *
   * @throws Failure SYSTEM when it could not be run
   */
  default void announce(ProtectedAddress address, InterfaceName on) {}
}
