package org.lkipbu.ops.lcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.host.Failure;
import org.lkipbu.host.Failure.Kind;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.ops.InstanceLock;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PerformActionTest {

  private static final Tag TAG = new Tag("vip");

  @TempDir Path folder;
  private final List<String> done = new ArrayList<>();
  private final Set<String> configured = new HashSet<>();
  private Failure failure;
  private EmbeddedStore store;
  private PerformAction action;

  private final IpAction ipAction =
      new IpAction() {
        @Override
        public void restore(ProtectedAddress address, InterfaceName on) {
          act("restore " + address + " " + on);
          configured.add(on.value());
        }

        @Override
        public void remove(ProtectedAddress address, InterfaceName from) {
          act("remove " + address + " " + from);
          configured.remove(from.value());
        }

        @Override
        public void move(ProtectedAddress address, InterfaceName from, InterfaceName to) {
          throw new UnsupportedOperationException();
        }

        private void act(String what) {
          if (failure != null) {
            throw failure;
          }
          done.add(what);
        }
      };

  @BeforeEach
  void an_instance_that_is_out_of_service() {
    store = new EmbeddedStore(folder.resolve("state"));
    store.create(
        new ResourceInstance(
            "a", "comm", "ip", TAG, "id", "a eth0 10.0.0.5 fffffc00 eth1", State.OSU, ""));
    InstanceLock lock = new InstanceLock(folder.resolve("run"), Duration.ofSeconds(1));
    action =
        new PerformAction(
            store,
            lock,
            tag -> done.add("settle"),
            ipAction,
            (address, name) -> configured.contains(name.value()));
  }

  private State state() {
    return store.find(TAG).state();
  }

  @Test
  void a_restore_settles_first_then_puts_the_address_on_its_primary_and_sets_isp() {
    action.restore(TAG);

    assertThat(done).containsExactly("settle", "restore 10.0.0.5/22 eth0");
    assertThat(state()).isEqualTo(State.ISP);
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void a_restore_asks_ipaction_whatever_the_stored_state_says(State stored) {
    store.setState(TAG, stored, "");

    action.restore(TAG);

    assertThat(done).contains("restore 10.0.0.5/22 eth0");
    assertThat(state()).isEqualTo(State.ISP);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SYSTEM", "EXISTS", "ILLEGAL"})
  void a_restore_that_fails_sets_osf_and_says_why(Kind kind) {
    failure = new Failure(kind, "the kernel\nsaid no", "look");

    assertThatThrownBy(() -> action.restore(TAG)).isSameAs(failure);

    assertThat(state()).isEqualTo(State.OSF);
    assertThat(store.find(TAG).reason()).isEqualTo("restore failed, the kernel said no");
  }

  @Test
  void a_restore_that_could_not_be_tried_changes_no_state() {
    store.setState(TAG, State.ISP, "");
    failure = new Failure(Kind.BUSY, "held", "wait");

    assertThatThrownBy(() -> action.restore(TAG)).isSameAs(failure);

    assertThat(state()).isEqualTo(State.ISP);
  }

  @Test
  void a_restore_leaves_the_address_on_one_interface_alone() {
    configured.add("eth1");

    action.restore(TAG);

    assertThat(configured).containsExactly("eth0");
  }

  @Test
  void a_remove_sets_osu() {
    action.restore(TAG);
    done.clear();

    action.remove(TAG);

    assertThat(done).containsExactly("settle", "remove 10.0.0.5/22 eth0");
    assertThat(state()).isEqualTo(State.OSU);
  }

  @Test
  void a_remove_takes_the_address_from_the_backup_as_well() {
    configured.add("eth1");

    action.remove(TAG);

    assertThat(configured).isEmpty();
  }

  @Test
  void a_remove_that_fails_leaves_the_state() {
    action.restore(TAG);
    failure = new Failure(Kind.SYSTEM, "the kernel said no", "look");

    assertThatThrownBy(() -> action.remove(TAG)).isSameAs(failure);

    assertThat(state()).isEqualTo(State.ISP);
  }

  @Test
  void an_unknown_tag_is_not_found_and_gets_no_lock_file() {
    assertThatThrownBy(() -> action.restore(new Tag("other")))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
