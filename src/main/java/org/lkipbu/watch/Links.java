package org.lkipbu.watch;

import java.util.HashMap;
import java.util.Map;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.KernelEvent;

/**
 * The state of each interface as the kernel told it last; an interface that it has told nothing of
 * is asked for once. Used by several threads.
 */
final class Links {

  private final Interfaces interfaces;
  private final boolean linkCounts;
  private final Map<String, Boolean> works = new HashMap<>();

  /**
   * @param linkCounts whether an interface without link is dead (IP_NOLINKCHECK is off)
   */
  Links(Interfaces interfaces, boolean linkCounts) {
    this.interfaces = interfaces;
    this.linkCounts = linkCounts;
  }

  /** Takes in an event of a link; whether that changed anything. */
  synchronized boolean update(KernelEvent event) {
    boolean now = linkCounts ? event.works() : event.up();
    Boolean before = works.put(event.device(), now);
    return before == null || before != now;
  }

  /** Whether an interface is there, set up, and has carrier. */
  synchronized boolean works(InterfaceName name) {
    return works.computeIfAbsent(name.value(), unknown -> worksNow(name));
  }

  /** The same as the kernel tells it now, of which the event may still be on its way. */
  boolean worksNow(InterfaceName name) {
    return interfaces.exists(name) && (!linkCounts || interfaces.hasLink(name));
  }

  /** Forgets all, so that every interface is asked for anew. */
  synchronized void forget() {
    works.clear();
  }
}
