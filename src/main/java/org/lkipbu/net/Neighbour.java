package org.lkipbu.net;

import java.net.InetAddress;

/**
 * Another system on the address's network that this host has heard from lately.
 *
 * @param address its address
 * @param mac its link-layer address, lower case with colons
 * @param gateway whether a route of this host leads through it
 */
public record Neighbour(InetAddress address, String mac, boolean gateway) {}
