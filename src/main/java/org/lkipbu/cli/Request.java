package org.lkipbu.cli;

import org.lkipbu.host.MachineName;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;

/**
 * What the user asks for, every value checked for its syntax.
 *
 * @param operation what to do
 * @param tag the instance; null where the operation needs none
 * @param backup the interface of {@code -f}; null where the operation takes none
 * @param machine where to do it; null for here
 */
record Request(Operation operation, Tag tag, InterfaceName backup, MachineName machine) {}
