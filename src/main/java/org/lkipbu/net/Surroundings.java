package org.lkipbu.net;

import java.util.List;

/**
 * What this host knew of an address's network before the address was touched; the yardstick for the
 * backup's segment and for what must answer after a move.
 *
 * @param neighbours live neighbours seen from the interface that has the address, gateways first
 * @param primaryAlive whether the interface that has the address is up, has link, and is not known
 *     to be dead otherwise
 */
public record Surroundings(List<Neighbour> neighbours, boolean primaryAlive) {

  public Surroundings {
    neighbours = List.copyOf(neighbours);
  }
}
