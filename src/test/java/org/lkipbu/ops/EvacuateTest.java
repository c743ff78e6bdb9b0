package org.lkipbu.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.ProtectedAddress;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EvacuateTest {

  private static final InterfaceName ETH0 = new InterfaceName("eth0");

  @TempDir Path folder;
  private final List<String> moved = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private EmbeddedStore store;

  @BeforeEach
  void a_store() {
    store = new EmbeddedStore(folder.resolve("state"));
  }

  @Test
  void every_address_in_service_on_the_interface_moves_and_a_failure_stops_no_other() {
    instance("a", "n eth0 10.0.0.1 ffffff00 eth1", State.ISP);
    instance("b-stays", "n eth0 10.0.0.2 ffffff00 eth1", State.ISU);
    instance("c", "n eth0 10.0.0.3 ffffff00 eth1", State.ISU);
    instance("d-out", "n eth0 10.0.0.4 ffffff00 eth1", State.OSU);
    instance("e-elsewhere", "n eth1 10.0.0.5 ffffff00 eth0", State.ISP);

    assertThat(evacuate(ETH0)).isEqualTo(3);

    assertThat(moved).containsExactly("a", "c");
    assertThat(failed).containsExactly("b-stays: the backup is dead");
  }

  @Test
  void an_instance_that_cannot_be_read_is_said_as_its_address_may_be_there() {
    instance("a", "nonsense", State.ISP);

    assertThat(evacuate(ETH0)).isZero();
    assertThat(failed).singleElement().asString().startsWith("a: INFO");
  }

  @Test
  void an_interface_that_nobody_knows_is_an_error() {
    assertThatThrownBy(() -> evacuate(new InterfaceName("nosuch0")))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.ILLEGAL));
  }

  private int evacuate(InterfaceName from) {
    return new Evacuate(store, new FakeHost(), this::move)
        .run(from, (tag, it) -> moved.add(tag.value()), failure -> failed.add(failure.problem()));
  }

  private MoveToBackup.Moved move(Tag tag) {
    if (tag.value().contains("stays")) {
      throw new Failure(Failure.Kind.MOVE_FAILED, "the backup is dead", "mend it");
    }
    InfoRecord info = InfoRecord.parse(store.find(tag).info());
    return new MoveToBackup.Moved(
        new ProtectedAddress(info.address(), info.prefix()),
        info.primary(),
        info.backup().orElseThrow(),
        Optional.empty());
  }

  private void instance(String tag, String info, State state) {
    store.create(new ResourceInstance("n", "comm", "ip", new Tag(tag), tag, info, state, ""));
  }
}
