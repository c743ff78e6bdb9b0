/** Watches protected addresses and moves them when an interface fails: what to do, and when. */
package org.lkipbu.watch;
