/**
 * What on this host would hurt a move: one class for each thing that is looked for, over a small
 * window on the host, so that each is tested without one.
 */
package org.lkipbu.ops.doctor;
