package org.lkipbu.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.lkipbu.host.DurableFiles;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.Proof;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Surroundings;
import org.lkipbu.net.Verifier;
import org.lkipbu.ops.InstanceLock;
import org.lkipbu.ops.MoveJournal;

/**
 * One recovery of an address that does not exist, in a folder of its own, with a network that
 * agrees to everything: the first real one finds every class loaded, which would cost it a tenth of
 * a second.
 */
final class Rehearsal {

  private static final Tag TAG = new Tag("rehearsal");

  private final Path folder;
  private final Interfaces interfaces;

  /**
   * @param runFolder where the folder is made
   */
  Rehearsal(Path runFolder, Interfaces interfaces) {
    this.folder = runFolder.resolve("rehearsal");
    this.interfaces = interfaces;
  }

  /** Goes through it; that it fails is of no interest. */
  void run() {
    try {
      DurableFiles.makeFolder(folder);
      EmbeddedStore store = new EmbeddedStore(folder).inHaste();
      if (store.has(TAG)) {
        store.remove(TAG);
      }
      // An interface that is not there, and one that always is; the address is for documentation.
      String info = "host .rehearsal 192.0.2.1 ffffff00 lo";
      store.create(new ResourceInstance("host", "comm", "ip", TAG, "id", info, State.ISP, ""));
      Agreeable network = new Agreeable();
      Watched one = Watched.of(store.find(TAG));
      new Operations(
              store,
              interfaces,
              tag -> network,
              network,
              network,
              new InstanceLock(folder.resolve("locks"), Duration.ofSeconds(1)),
              new MoveJournal(folder.resolve("journal")).inHaste(),
              true)
          .recover(one, true);
      store.remove(TAG);
    } catch (Failure e) {
      // A start that is slower, no more.
    }
  }

  /** A network in which everything succeeds and nothing happens. */
  private static final class Agreeable implements IpAction, Verifier, Preflight {

    @Override
    public Surroundings observe(ProtectedAddress address, InterfaceName primary) {
      return new Surroundings(List.of(), false);
    }

    @Override
    public Proof verify(Tag tag, ProtectedAddress address, InterfaceName on, Surroundings before) {
      return new Proof(Proof.Kind.LINK_ONLY, "nobody", Duration.ZERO);
    }

    @Override
    public void check(
        Tag tag,
        ProtectedAddress address,
        InterfaceName primary,
        InterfaceName backup,
        Surroundings before) {}

    @Override
    public void restore(ProtectedAddress address, InterfaceName on) {}

    @Override
    public void remove(ProtectedAddress address, InterfaceName from) {}

    @Override
    public void move(ProtectedAddress address, InterfaceName from, InterfaceName to) {}
  }
}
