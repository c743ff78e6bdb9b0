package org.lkipbu.ops;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.ProtectedAddress;

/**
 * Looks at all instances, or at one, with all that can be said of them. Takes no lock. Each
 * interface is asked once, so that a thousand addresses of one cost what one does.
 */
public final class ListAddresses {

  private final InstanceStore store;
  private final Interfaces interfaces;
  private final MoveJournal journal;
  private final LastMoves moves;
  private final Map<InterfaceName, Boolean> links = new HashMap<>();
  private final Map<InterfaceName, Set<ProtectedAddress>> addresses = new HashMap<>();

  /** The operation with its collaborators; what it saw of interfaces it sees but once. */
  public ListAddresses(
      InstanceStore store, Interfaces interfaces, MoveJournal journal, LastMoves moves) {
    this.store = store;
    this.interfaces = interfaces;
    this.journal = journal;
    this.moves = moves;
  }

  /**
   * Looks at all of them.
   *
   * @param each gets a view of an instance, in the store's order
   * @param broken gets the failure of one that cannot be read; the others follow nevertheless
   * @throws Failure SYSTEM when the store cannot be reached
   */
  public void run(Consumer<AddressView> each, Consumer<Failure> broken) {
    store.list(
        instance -> {
          try {
            each.accept(view(instance));
          } catch (Failure e) {
            broken.accept(e);
          }
        },
        broken);
  }

  /**
   * Looks at one.
   *
   * @throws Failure NOT_FOUND when there is no such instance, ILLEGAL when it cannot be read
   */
  public AddressView run(Tag tag) {
    return view(store.find(tag));
  }

  private AddressView view(ResourceInstance instance) {
    InfoRecord info = InfoRecord.parse(instance.info());
    ProtectedAddress address = new ProtectedAddress(info.address(), info.prefix());
    InterfaceName primary = info.primary();
    return new AddressView(
        instance.tag(),
        address,
        info.netmask().shown(),
        primary,
        hasLink(primary) && addresses(primary).contains(address),
        info.backup(),
        info.backup().isPresent() && hasLink(info.backup().get()),
        instance.state(),
        journal.isAbandoned(instance.tag()),
        moves.read(instance.tag()));
  }

  private boolean hasLink(InterfaceName name) {
    return links.computeIfAbsent(name, interfaces::hasLink);
  }

  private Set<ProtectedAddress> addresses(InterfaceName name) {
    return addresses.computeIfAbsent(name, one -> new HashSet<>(interfaces.addresses(one)));
  }
}
