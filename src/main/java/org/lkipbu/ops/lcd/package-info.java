/**
 * What LifeKeeper's database commands do, over the embedded store: a script that uses them on a
 * LifeKeeper server runs on a host without one. A host without LifeKeeper has IP address instances
 * alone, without dependencies between them.
 */
package org.lkipbu.ops.lcd;
