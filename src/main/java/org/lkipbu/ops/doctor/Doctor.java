package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.PingList;
import org.lkipbu.net.ProtectedAddress;

/** Looks for everything on this host that would hurt a move. Changes nothing. */
public final class Doctor {

  private final InstanceStore store;
  private final PingList lists;
  private final Facts facts;
  private final List<Check> checks;

  /**
   * The operation with its collaborators.
   *
   * @param strict whether a broadcast reply alone counts (LKIPBU_STRICT_BCASTPING)
   * @param unasked whether broadcast pings are turned off (NOBCASTPING)
   */
  public Doctor(InstanceStore store, PingList lists, Facts facts, boolean strict, boolean unasked) {
    this.store = store;
    this.lists = lists;
    this.facts = facts;
    this.checks =
        List.of(
            new MissingPrograms(),
            new OtherArping(),
            new BackupNotReady(),
            new SharedFate(),
            new SmallerMtu(),
            new VrfMember(),
            new NobodyToAsk(strict, unasked),
            new NetworkdSettings(),
            new NetworkManagerDevices(),
            new BehindDnat(),
            new DroppedIcmp(),
            new ReversePath(),
            new LostSecondaries());
  }

  /**
   * Examines the host, and one instance or all of them.
   *
   * @throws Failure NOT_FOUND when there is no such instance, SYSTEM when the store cannot be read
   */
  public List<Finding> run(Optional<Tag> tag) {
    List<Finding> findings = new ArrayList<>();
    List<Patient> patients = new ArrayList<>();
    if (tag.isPresent()) {
      patients.add(patient(store.find(tag.get())));
    } else {
      store.list(
          instance -> {
            try {
              patients.add(patient(instance));
            } catch (Failure e) {
              findings.add(unreadable(e, instance.tag().value()));
            }
          },
          broken -> findings.add(unreadable(broken, "host")));
    }
    for (Check check : checks) {
      findings.addAll(check.look(facts, patients));
    }
    return findings;
  }

  private Patient patient(ResourceInstance instance) {
    InfoRecord info = InfoRecord.parse(instance.info());
    return new Patient(
        instance.tag().value(),
        new ProtectedAddress(info.address(), info.prefix()),
        info.primary().value(),
        info.backup().map(InterfaceName::value),
        instance.state().inService(),
        lists.file(instance.tag()).toString(),
        !lists.of(instance.tag()).isEmpty());
  }

  private static Finding unreadable(Failure e, String about) {
    return Finding.hurt(about, e.problem(), e.advice());
  }
}
