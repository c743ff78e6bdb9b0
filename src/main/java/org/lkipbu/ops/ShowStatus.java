package org.lkipbu.ops;

import java.util.Optional;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;

/** Shows the interfaces of an address and its state on the primary. Takes no lock. */
public final class ShowStatus {

  private final InstanceStore store;
  private final Interfaces interfaces;
  private final MoveJournal journal;

  /**
   * @param store where the instance is
   * @param interfaces what the kernel says of interfaces
   * @param journal tells whether a move was interrupted
   */
  public ShowStatus(InstanceStore store, Interfaces interfaces, MoveJournal journal) {
    this.store = store;
    this.interfaces = interfaces;
    this.journal = journal;
  }

  /**
   * What {@code -s} shows.
   *
   * @param address the address, as INFO has it
   * @param netmask a dotted quad, or the prefix length of an IPv6 address
   * @param primary the interface that INFO names as primary
   * @param up whether the address is configured on it and it has link
   * @param backup the backup interface, if there is one
   * @param interrupted whether a move was interrupted and not repaired yet
   */
  public record Status(
      String address,
      String netmask,
      InterfaceName primary,
      boolean up,
      Optional<InterfaceName> backup,
      boolean interrupted) {}

  /**
   * Looks at an instance.
   *
   * @throws Failure NOT_FOUND when there is no such instance, ILLEGAL when it cannot be read
   */
  public Status run(Tag tag) {
    ProtectedInstance it = ProtectedInstance.find(store, tag);
    InfoRecord info = it.info();
    boolean up = interfaces.has(it.address(), info.primary()) && interfaces.hasLink(info.primary());
    return new Status(
        info.literal().toString(),
        info.netmask().shown(),
        info.primary(),
        up,
        info.backup(),
        journal.isAbandoned(tag));
  }
}
