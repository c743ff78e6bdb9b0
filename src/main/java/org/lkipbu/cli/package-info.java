/** The command lkipbu: its options, its words and its exit codes, and how its parts are joined. */
package org.lkipbu.cli;
