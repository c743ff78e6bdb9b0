/** What lkipbu does to an instance: one class an operation, and the lock and journal they share. */
package org.lkipbu.ops;
