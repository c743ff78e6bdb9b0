/** The commands of LifeKeeper's database, as scripts call them, on a host without LifeKeeper. */
package org.lkipbu.cli.lcd;
