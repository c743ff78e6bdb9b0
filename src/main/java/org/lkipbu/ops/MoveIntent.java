package org.lkipbu.ops;

import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.ProtectedAddress;

/**
 * What a move is about to do, written down before it touches the address.
 *
 * @param tag the instance
 * @param address its address
 * @param from the interface that has the address
 * @param to the interface that is to have it
 * @param oldInfo the Information field before the move
 * @param newInfo the Information field after it
 */
record MoveIntent(
    Tag tag,
    ProtectedAddress address,
    InterfaceName from,
    InterfaceName to,
    String oldInfo,
    String newInfo) {}
