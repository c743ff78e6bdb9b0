package org.lkipbu.ops;

import java.util.Optional;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.ProtectedAddress;

/**
 * An instance as {@code --list} and {@code --json} show it.
 *
 * @param tag its name
 * @param address its address
 * @param netmask a dotted quad, or the prefix length of an IPv6 address
 * @param primary the interface that INFO names as primary
 * @param up whether the address is configured on it and it has link
 * @param backup the backup interface, if there is one
 * @param ready whether the backup is there and has link; false where there is none
 * @param state the state that is stored
 * @param interrupted whether a move was interrupted and not repaired yet
 * @param lastMove when and why it moved last, where that is known
 */
public record AddressView(
    Tag tag,
    ProtectedAddress address,
    String netmask,
    InterfaceName primary,
    boolean up,
    Optional<InterfaceName> backup,
    boolean ready,
    State state,
    boolean interrupted,
    Optional<LastMoves.LastMove> lastMove) {}
