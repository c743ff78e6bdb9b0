package org.lkipbu.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.ProtectedAddress;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RepairTest {

  @TempDir Path folder;

  private Bench bench;

  @BeforeEach
  void a_move_from_eth0_to_eth1_was_interrupted() {
    bench = new Bench(folder, Bench.INFO, State.ISP);
    InfoRecord info = InfoRecord.parse(Bench.INFO);
    bench.journal.write(
        new MoveIntent(
            Bench.TAG,
            new ProtectedAddress(info.address(), info.prefix()),
            new InterfaceName("eth0"),
            new InterfaceName("eth1"),
            Bench.INFO,
            Bench.SWAPPED));
  }

  @Test
  void before_the_address_left_it_is_undone() {
    repair();

    assertSettledOn("eth0", Bench.INFO);
    assertThat(bench.host.done).containsExactly("restore eth0", "settle");
  }

  @Test
  void after_the_address_arrived_and_answers_it_is_finished() {
    addressIsOn("eth1");

    repair();

    assertSettledOn("eth1", Bench.SWAPPED);
  }

  @Test
  void after_the_address_arrived_and_does_not_answer_it_is_undone() {
    addressIsOn("eth1");
    bench.host.answering.remove("eth1");

    repair();

    assertSettledOn("eth0", Bench.INFO);
  }

  @Test
  void after_the_new_INFO_was_written_there_is_only_the_journal_to_forget() {
    addressIsOn("eth1");
    bench.store.prepareInfo(Bench.TAG, Bench.SWAPPED).commit();

    repair();

    assertSettledOn("eth1", Bench.SWAPPED);
  }

  @Test
  void an_address_on_both_is_taken_from_the_one_that_INFO_does_not_name() {
    addressIsOn("eth0", "eth1");

    repair();

    assertSettledOn("eth0", Bench.INFO);
  }

  @Test
  void an_ipaction_that_outlived_its_command_and_moves_meanwhile_is_seen() {
    bench.host.atRestore =
        () -> {
          bench.host.holding.add("eth1");
          bench.host.atRestore = () -> {};
        };

    repair();

    assertSettledOn("eth0", Bench.INFO);
  }

  @Test
  void an_address_on_neither_returns_to_the_one_that_INFO_names() {
    addressIsOn();

    repair();

    assertSettledOn("eth0", Bench.INFO);
  }

  @Test
  void an_address_on_neither_takes_the_other_when_its_own_has_no_link() {
    addressIsOn();
    bench.host.linked.remove("eth0");

    repair();

    assertSettledOn("eth1", Bench.SWAPPED);
  }

  @Test
  void an_address_on_neither_takes_the_other_when_its_own_refuses_it() {
    addressIsOn();
    bench.host.refusing.add("eth0");
    bench.host.answering.clear();

    repair();

    assertSettledOn("eth1", Bench.SWAPPED);
  }

  @Test
  void an_address_that_no_interface_takes_is_lost_and_the_journal_stays() {
    addressIsOn();
    bench.host.refusing.addAll(Set.of("eth0", "eth1"));

    assertThatThrownBy(this::repair)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.ADDRESS_LOST));
    assertThat(bench.journal.tags(failure -> {})).containsExactly(Bench.TAG);
  }

  @Test
  void an_instance_that_went_out_of_service_meanwhile_stays_so() {
    addressIsOn();
    bench.store.instance = bench.store.instance.withState(State.OSU, "");

    repair();

    assertThat(bench.host.done).containsExactly("settle");
    assertThat(bench.journal.tags(failure -> {})).isEmpty();
  }

  @Test
  void an_instance_that_got_other_interfaces_meanwhile_is_left_alone() {
    bench.store.instance = bench.store.instance.withInfo("node1 eth5 10.0.0.50 ffffff00 none");

    repair();

    assertThat(bench.host.done).containsExactly("settle");
    assertThat(bench.journal.tags(failure -> {})).isEmpty();
  }

  @Test
  void an_instance_that_was_removed_meanwhile_has_its_journal_forgotten() {
    bench.store.instance = new FakeStore("other", Bench.INFO, State.ISP).instance;

    assertThat(bench.repairMoves().runAll()).isEmpty();

    assertThat(bench.journal.tags(failure -> {})).isEmpty();
  }

  @Test
  void the_next_changing_command_repairs_first() {
    addressIsOn("eth1");

    bench.move();

    assertSettledOn("eth0", Bench.INFO);
    assertThat(bench.host.done).containsSubsequence("verify eth1", "move eth1 eth0");
  }

  @Test
  void a_journal_of_an_earlier_boot_is_forgotten() throws Exception {
    Path file = folder.resolve("journal/ip1");
    String text = Files.readString(file);
    Files.writeString(file, text.replaceAll("boot=.*", "boot=another"));
    addressIsOn();

    repair();

    assertThat(bench.host.done).containsExactly("settle");
    assertThat(file).doesNotExist();
  }

  @Test
  void a_damaged_journal_is_an_error_that_names_the_file() throws Exception {
    Path file = folder.resolve("journal/ip1");
    Files.writeString(file, Files.readString(file).replaceAll("new=.*\n", ""));

    assertThatThrownBy(this::repair)
        .isInstanceOf(Failure.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void a_damaged_journal_keeps_no_other_instance_from_its_repair() throws Exception {
    Files.writeString(folder.resolve("journal/aaa"), "noise \\u00zz");
    Files.writeString(folder.resolve("journal/bbb"), "tag=../../etc/passwd\n");
    addressIsOn();

    assertThatThrownBy(this::repair)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.problem()).contains("journal/"));
    assertThat(bench.host.holding).containsExactly("eth0");
    assertThat(bench.journal.tags(failure -> {})).isEmpty();
    assertThat(bench.host.done).endsWith("settle");
  }

  @Test
  void a_look_shows_what_it_can_whatever_the_journal_holds() throws Exception {
    for (String noise : new String[] {"", "\0\0\0", "bo", "\\u00zz", "x".repeat(100_000)}) {
      Files.writeString(folder.resolve("journal/ip1"), noise);

      assertThat(bench.status().run(Bench.TAG).interrupted()).isTrue();
    }
  }

  @Test
  void the_status_tells_an_interrupted_move_from_one_that_goes_on() throws Exception {
    assertThat(bench.status().run(Bench.TAG).interrupted()).isFalse();

    Path file = folder.resolve("journal/ip1");
    Files.writeString(file, Files.readString(file).replaceAll("process=.*", "process=1 12"));

    assertThat(bench.status().run(Bench.TAG).interrupted()).isTrue();
  }

  @Test
  void a_tag_with_nothing_to_repair_is_no_error() {
    repair();

    assertThat(bench.repairMoves().run(Bench.TAG)).isEmpty();
    assertThatThrownBy(() -> bench.repairMoves().run(new Tag("nosuch")))
        .isInstanceOf(Failure.class);
  }

  private void addressIsOn(String... interfaces) {
    bench.host.holding.clear();
    bench.host.holding.addAll(Set.of(interfaces));
  }

  private void repair() {
    bench.repairMoves().runAll();
  }

  private void assertSettledOn(String name, String info) {
    assertThat(bench.host.holding).containsExactly(name);
    assertThat(bench.store.info()).isEqualTo(info);
    assertThat(bench.journal.tags(failure -> {})).isEmpty();
  }
}
