package org.lkipbu.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Failure;
import org.lkipbu.host.Failure.Kind;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.MaskedAddress;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProtectAddressTest {

  private static final InterfaceName ETH0 = new InterfaceName("eth0");

  @TempDir Path folder;
  private final FakeHost host = new FakeHost();
  private EmbeddedStore store;
  private InstanceLock lock;

  @BeforeEach
  void a_host_without_instances() {
    store = new EmbeddedStore(folder.resolve("state"));
    lock = new InstanceLock(folder.resolve("locks"), Duration.ofMillis(200));
  }

  @Test
  void an_address_is_put_in_service_and_its_instance_says_so() {
    ProtectAddress.Protected it = protect("10.0.0.50/255.255.252.0", "eth0");

    assertThat(it.tag()).isEqualTo(new Tag("ip-10.0.0.50"));
    assertThat(it.adopted()).isFalse();
    assertThat(host.done).containsExactly("restore eth0");
    ResourceInstance stored = store.find(it.tag());
    assertThat(stored.info()).isEqualTo("node1 eth0 10.0.0.50 fffffc00 none");
    assertThat(stored.state()).isEqualTo(State.ISP);
    assertThat(stored.system()).isEqualTo("node1");
  }

  @Test
  void an_IPv6_address_is_named_and_stored_in_its_usual_form() {
    ProtectAddress.Protected it = protect("2001:DB8:0:0::50/64", "eth0");

    assertThat(it.tag()).isEqualTo(new Tag("ip-2001:db8::50"));
    assertThat(store.find(it.tag()).info()).isEqualTo("node1 eth0 2001:db8::50 64 none");
  }

  @Test
  void an_address_that_is_there_already_is_adopted() {
    host.holding.add("eth0");

    assertThat(protect("10.0.0.50/22", "eth0").adopted()).isTrue();
  }

  @Test
  void an_address_that_is_elsewhere_or_has_another_netmask_is_refused() {
    host.holder = "eth1";
    assertFails(Kind.ILLEGAL, () -> protect("10.0.0.50/22", "eth0"));
    host.holder = "eth0";
    assertFails(Kind.ILLEGAL, () -> protect("10.0.0.50/22", "eth0"));
    assertThat(host.done).isEmpty();
  }

  @Test
  void an_interface_that_cannot_have_it_is_refused() {
    assertFails(Kind.ILLEGAL, () -> protect("10.0.0.50/22", "nosuch0"));
    assertFails(Kind.ILLEGAL, () -> protect("10.0.0.50/22", "lo"));
    assertThat(store.has(new Tag("ip-10.0.0.50"))).isFalse();
  }

  @Test
  void one_address_has_one_instance() {
    protect("10.0.0.50/22", "eth0");

    assertFails(Kind.EXISTS, () -> protect("10.0.0.50/22", "eth0"));
    assertFails(
        Kind.EXISTS,
        () -> operation().run(new Tag("other"), MaskedAddress.parse("10.0.0.50/24"), ETH0));
    assertThat(store.has(new Tag("other"))).isFalse();
  }

  @Test
  void what_the_host_refuses_leaves_no_instance() {
    host.refusing.add("eth0");

    assertFails(Kind.SYSTEM, () -> protect("10.0.0.50/22", "eth0"));
    assertThat(store.has(new Tag("ip-10.0.0.50"))).isFalse();
  }

  private ProtectAddress.Protected protect(String address, String on) {
    MaskedAddress wanted = MaskedAddress.parse(address);
    return operation().run(ProtectAddress.usualTag(wanted), wanted, new InterfaceName(on));
  }

  private ProtectAddress operation() {
    return new ProtectAddress(store, host, host, lock, "node1");
  }

  private static void assertFails(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
