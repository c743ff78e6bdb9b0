package org.lkipbu.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.host.Failure.Kind;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LifeKeeperStoreTest {

  private static final Tag TAG = new Tag("ip-vip");
  private static final String INFO = "ServerA eth0 10.0.0.5 ffffff00 eth1";
  private static final String SWAPPED = "ServerA eth1 10.0.0.5 ffffff00 eth0";
  private static final String OTHER = "ServerA\001comm\001ip\001other\001x\001-\001OSU\001\n";

  private final List<List<String>> ran = new ArrayList<>();
  private String stored = INFO;

  private LifeKeeperStore store(Function<Command, CommandResult> lifeKeeper) {
    CommandRunner runner =
        new CommandRunner() {
          @Override
          public CommandResult run(Command command) {
            ran.add(command.argv());
            return lifeKeeper.apply(command);
          }

          @Override
          public CommandResult runUntil(Command command, Predicate<String> enough) {
            throw new UnsupportedOperationException();
          }
        };
    return new LifeKeeperStore(Path.of("/opt/LifeKeeper"), runner, Duration.ofSeconds(10));
  }

  private CommandResult obey(Command command) {
    if (command.program().endsWith("/ins_setinfo")) {
      stored = command.argv().get(4);
      return new CommandResult(0, "", "");
    }
    return printed(
        OTHER + line("comm", "ip", "ISP\001restored\001AUTORES_ISP\001more\001and more") + OTHER);
  }

  private String line(String application, String type, String rest) {
    String start = "ServerA\001" + application + "\001" + type + "\001ip-vip\001IP-10.0.0.5\001";
    return start + stored + "\001" + rest + "\n";
  }

  private static CommandResult printed(String out) {
    return new CommandResult(0, out, "");
  }

  private static void fails(Kind kind, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void an_instance_is_read_and_further_fields_are_ignored() {
    assertThat(store(this::obey).find(TAG))
        .isEqualTo(
            new ResourceInstance(
                "ServerA", "comm", "ip", TAG, "IP-10.0.0.5", INFO, State.ISP, "restored"));
    assertThat(ran).containsExactly(List.of("/opt/LifeKeeper/bin/ins_list", "-t", "ip-vip"));
  }

  @Test
  void all_addresses_are_listed_and_one_that_cannot_be_read_is_said() {
    List<String> tags = new ArrayList<>();
    List<Failure> broken = new ArrayList<>();
    String others = "ServerA\001gen\001app\001web\001x\001-\001ISP\n" + line("comm", "ip", "LOST");

    store(c -> printed(others + OTHER)).list(one -> tags.add(one.tag().value()), broken::add);

    assertThat(tags).containsExactly("other");
    assertThat(broken).hasSize(1);
    assertThat(ran)
        .containsExactly(List.of("/opt/LifeKeeper/bin/ins_list", "-a", "comm", "-r", "ip"));
  }

  @Test
  void none_at_all_is_no_error() {
    store(c -> new CommandResult(7, "", "none")).list(one -> fail(), broken -> fail());
  }

  @Test
  void seven_fields_are_enough() {
    assertThat(store(c -> printed(line("comm", "ip", "OSU"))).find(TAG).reason()).isEmpty();
  }

  @Test
  void a_tag_never_becomes_an_option() {
    LifeKeeperStore store = store(c -> new CommandResult(7, "", ""));

    fails(Kind.NOT_FOUND, () -> store.find(new Tag("-d")));

    assertThat(ran).containsExactly(List.of("/opt/LifeKeeper/bin/ins_list", "-t-d"));
  }

  @Test
  void info_is_written_on_commit_and_read_back() {
    try (InstanceStore.Pending pending = store(this::obey).prepareInfo(TAG, SWAPPED)) {
      assertThat(ran).isEmpty();
      pending.commit();
    }

    assertThat(stored).isEqualTo(SWAPPED);
    assertThat(ran)
        .containsExactly(
            List.of("/opt/LifeKeeper/bin/ins_setinfo", "-t", "ip-vip", "-v", SWAPPED),
            List.of("/opt/LifeKeeper/bin/ins_list", "-t", "ip-vip"));
  }

  @Test
  void an_info_that_lifekeeper_did_not_take_is_an_error() {
    LifeKeeperStore forgetful = store(c -> printed(line("comm", "ip", "ISP")));

    fails(Kind.SYSTEM, () -> forgetful.prepareInfo(TAG, SWAPPED).commit());
  }

  @Test
  void a_command_that_wrote_before_its_time_was_up_has_written() {
    LifeKeeperStore slow =
        store(
            c -> {
              CommandResult result = obey(c);
              if (c.program().endsWith("/ins_setinfo")) {
                throw new Failure(Kind.SYSTEM, "ins_setinfo took longer than 10 s", "look");
              }
              return result;
            });

    slow.prepareInfo(TAG, SWAPPED).commit();

    assertThat(stored).isEqualTo(SWAPPED);
  }

  @ParameterizedTest
  @CsvSource({
    "1, SYSTEM", "2, USAGE", "3, INTERNAL", "4, EXISTS", "5, ILLEGAL", "6, OUT_OF_RANGE",
    "7, NOT_FOUND", "8, IN_USE", "9, UNREACHABLE", "10, SYSTEM", "127, SYSTEM", "137, SYSTEM"
  })
  void exit_codes_and_messages_are_carried_through(int exitCode, Kind kind) {
    LifeKeeperStore store =
        store(c -> new CommandResult(exitCode, "", "noise\nlcd: it\u0001 is so\n"));

    for (ThrowingCallable action :
        List.<ThrowingCallable>of(
            () -> store.find(TAG), () -> store.prepareInfo(TAG, SWAPPED).commit())) {
      assertThatThrownBy(action)
          .isInstanceOfSatisfying(
              Failure.class,
              e -> {
                assertThat(e.kind()).isEqualTo(kind);
                assertThat(e.problem()).contains("lcd: it? is so");
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"comm, filesys", "gen, ip", "gen, app"})
  void an_instance_of_another_kind_is_refused(String application, String type) {
    fails(Kind.ILLEGAL, () -> store(c -> printed(line(application, type, "ISP"))).find(TAG));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "noise\n", "a\001b\001c\001other\001e\001f\001ISP\n"})
  void a_tag_that_is_not_printed_is_not_found(String out) {
    fails(Kind.NOT_FOUND, () -> store(c -> printed(out)).find(TAG));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\001comm\001ip\001ip-vip\001e\001f\n", "a\001comm\001ip\001ip-vip\n"})
  void too_few_fields_are_illegal(String out) {
    fails(Kind.ILLEGAL, () -> store(c -> printed(out)).find(TAG));
  }

  @Test
  void an_unknown_state_is_illegal() {
    fails(Kind.ILLEGAL, () -> store(c -> printed(line("comm", "ip", "ISX"))).find(TAG));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-d other", "a\nb", "a\001b"})
  void an_info_that_could_be_taken_for_something_else_is_refused(String info) {
    fails(Kind.ILLEGAL, () -> store(this::obey).prepareInfo(TAG, info));
    assertThat(ran).isEmpty();
  }
}
