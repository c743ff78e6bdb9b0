package org.lkipbu.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Failure;
import org.lkipbu.host.Failure.Kind;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EmbeddedStoreTest {

  private static final Tag TAG = new Tag("ip-10.0.0.5");
  private static final String INFO = "ServerA eth0 10.0.0.5 ffffff00 eth1";
  private static final String SWAPPED = "ServerA eth1 10.0.0.5 ffffff00 eth0";

  @TempDir Path parent;
  private Path state;
  private EmbeddedStore store;

  @BeforeEach
  void a_state_folder_that_does_not_exist_yet() {
    state = parent.resolve("var/lib/lkipbu");
    store = new EmbeddedStore(state);
  }

  private static ResourceInstance instance(Tag tag) {
    return new ResourceInstance(
        "ServerA", "comm", "ip", tag, "IP-" + tag, INFO, State.OSU, "never in service");
  }

  private Path file() {
    return state.resolve("instances").resolve(TAG.fileName());
  }

  private static void fails(Kind kind, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void what_was_created_is_found() {
    store.create(instance(TAG), Map.of());

    assertThat(store.find(TAG)).isEqualTo(instance(TAG));
  }

  @Test
  void files_and_folders_have_the_promised_modes() throws IOException {
    store.create(instance(TAG), Map.of());

    assertThat(mode(state)).isEqualTo("rwxr-xr-x");
    assertThat(mode(state.resolve("instances"))).isEqualTo("rwxr-xr-x");
    assertThat(mode(file())).isEqualTo("rw-r--r--");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void a_person_can_read_the_file() throws IOException {
    store.create(instance(TAG), Map.of());

    assertThat(Files.readString(file()))
        .isEqualTo(
            """
            # A protected address of lkipbu. See lkipbu-lcd(8).
            tag=ip-10.0.0.5
            system=ServerA
            application=comm
            type=ip
            id=IP-ip-10.0.0.5
            info=ServerA eth0 10.0.0.5 ffffff00 eth1
            reason=never in service
            state=OSU
            """);
  }

  @Test
  void a_tag_is_taken_only_once() {
    store.create(instance(TAG), Map.of());

    fails(Kind.EXISTS, () -> store.create(instance(TAG), Map.of()));
  }

  @Test
  void an_unknown_tag_is_not_found() {
    fails(Kind.NOT_FOUND, () -> store.find(TAG));
    fails(Kind.NOT_FOUND, () -> store.prepareInfo(TAG, INFO));
    fails(Kind.NOT_FOUND, () -> store.setState(TAG, State.ISP, ""));
    fails(Kind.NOT_FOUND, () -> store.remove(TAG));
    assertThat(state).doesNotExist();
  }

  @Test
  void a_new_info_is_seen_only_after_the_commit() {
    store.create(instance(TAG), Map.of());

    try (InstanceStore.Pending pending = store.prepareInfo(TAG, SWAPPED)) {
      assertThat(store.find(TAG).info()).isEqualTo(INFO);
      pending.commit();
    }

    assertThat(store.find(TAG)).isEqualTo(instance(TAG).withInfo(SWAPPED));
    assertThat(names()).containsExactly("ip-10.0.0.5");
  }

  @Test
  void a_new_info_without_a_commit_is_forgotten() {
    store.create(instance(TAG), Map.of());

    store.prepareInfo(TAG, SWAPPED).close();

    assertThat(store.find(TAG).info()).isEqualTo(INFO);
    assertThat(names()).containsExactly("ip-10.0.0.5");
  }

  private List<String> names() {
    return List.of(state.resolve("instances").toFile().list());
  }

  @Test
  void what_a_crash_left_beside_a_file_does_no_harm_and_goes_with_the_next_write()
      throws IOException {
    store.create(instance(TAG), Map.of());
    store.prepareInfo(TAG, SWAPPED);
    Files.writeString(file().resolveSibling(".ip-10.0.0.5.new"), "half a li");

    assertThat(store.find(TAG).info()).isEqualTo(INFO);
    assertThat(tags()).containsExactly("ip-10.0.0.5");
    store.setState(TAG, State.ISP, "");

    assertThat(names()).containsExactly("ip-10.0.0.5");
    assertThat(store.find(TAG)).isEqualTo(instance(TAG).withState(State.ISP, ""));
  }

  @Test
  void a_state_can_be_set_and_an_instance_removed() {
    store.create(instance(TAG), Map.of());

    store.setState(TAG, State.OSF, "restore failed");
    assertThat(store.find(TAG)).isEqualTo(instance(TAG).withState(State.OSF, "restore failed"));

    store.remove(TAG);
    fails(Kind.NOT_FOUND, () -> store.find(TAG));
    assertThat(names()).isEmpty();
  }

  @Test
  void names_of_a_later_version_are_kept() throws IOException {
    store.create(instance(TAG), Map.of());
    String text = Files.readString(file());
    Files.writeString(file(), text.replace("reason=", "later\\ name=a \\u00e9\nreason="));

    store.setState(TAG, State.ISP, "");

    assertThat(Files.readString(file())).contains("\nlater\\ name=a \\u00e9\n");
  }

  @Test
  void instances_are_listed_by_tag_and_what_is_not_one_is_left_out() throws IOException {
    for (String tag : List.of("b", "a/b", "a-b", "a.b", "/".repeat(200), ".hidden")) {
      store.create(instance(new Tag(tag)), Map.of());
    }
    Files.writeString(state.resolve("instances/b~"), "an editor's copy");
    Files.writeString(state.resolve("instances/.b.new"), "left over");

    assertThat(tags()).containsExactly(".hidden", "/".repeat(200), "a-b", "a.b", "a/b", "b");
  }

  private List<String> tags() {
    List<String> tags = new ArrayList<>();
    store.list(
        instance -> tags.add(instance.tag().value()),
        failure -> tags.add(failure.kind().toString()));
    return tags;
  }

  @Test
  void nothing_is_listed_where_nothing_was_stored() {
    assertThat(tags()).isEmpty();
  }

  @Test
  void one_damaged_file_does_not_hide_the_others() throws IOException {
    store.create(instance(TAG), Map.of());
    store.create(instance(new Tag("z")), Map.of());
    Files.writeString(file(), "noise");

    assertThat(tags()).containsExactly("ILLEGAL", "z");
  }

  @Test
  void a_file_cut_anywhere_is_damaged_and_stays_as_it_is() throws IOException {
    store.create(instance(TAG), Map.of());
    byte[] whole = Files.readAllBytes(file());

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      Files.write(file(), cut);
      fails(Kind.ILLEGAL, () -> store.find(TAG));
      fails(Kind.ILLEGAL, () -> store.prepareInfo(TAG, SWAPPED));
      fails(Kind.ILLEGAL, () -> store.setState(TAG, State.ISP, ""));
      assertThat(Files.readAllBytes(file())).isEqualTo(cut);
    }
  }

  @Test
  void noise_is_damaged_and_names_the_file() throws IOException {
    store.create(instance(TAG), Map.of());
    String whole = Files.readString(file());
    List<String> damaged =
        List.of(
            "\0".repeat(whole.length()),
            "\u00ff".repeat(5000) + "\n",
            whole.replace("state=OSU", "state=XXX"),
            whole.replace("tag=ip-10.0.0.5", "tag=other"),
            whole.replace("tag=ip-10.0.0.5", "tag=../../etc/passwd"),
            whole.replace("id=", "id=\\u000a"),
            whole.replace("id=", "id=\\uxyz"),
            whole.replace("reason=", "reason=\\u0001"),
            whole.replace("info=", "infos="),
            "#\n".repeat(40_000) + whole);

    for (String text : damaged) {
      Files.write(file(), text.getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(() -> store.find(TAG))
          .isInstanceOfSatisfying(
              Failure.class,
              e -> {
                assertThat(e.kind()).isEqualTo(Kind.ILLEGAL);
                assertThat(e.problem()).contains(file().toString()).doesNotContain("\n");
              });
    }
  }

  @Test
  void a_link_or_a_folder_in_place_of_a_file_is_refused() throws IOException {
    store.create(instance(TAG), Map.of());
    Path elsewhere = Files.move(file(), parent.resolve("elsewhere"));
    Files.createSymbolicLink(file(), elsewhere);
    fails(Kind.ILLEGAL, () -> store.find(TAG));
    fails(Kind.EXISTS, () -> store.create(instance(TAG), Map.of()));

    Files.delete(file());
    Files.createDirectory(file());
    fails(Kind.ILLEGAL, () -> store.find(TAG));
  }

  @Test
  void what_others_may_write_is_refused() throws IOException {
    store.create(instance(TAG), Map.of());

    for (Path path : List.of(state, state.resolve("instances"), file())) {
      String before = mode(path);
      for (String open : List.of("rwxrwxr-x", "rwxr-xrwx")) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(open));
        fails(Kind.SYSTEM, () -> store.find(TAG));
        fails(Kind.SYSTEM, () -> store.prepareInfo(TAG, SWAPPED));
        fails(Kind.SYSTEM, () -> store.setState(TAG, State.ISP, ""));
      }
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(before));
    }
    assertThat(store.find(TAG)).isEqualTo(instance(TAG));
  }

  @Test
  void a_file_in_place_of_a_folder_is_an_error_of_the_system() throws IOException {
    Files.createDirectories(state.getParent());
    Files.writeString(state, "not a folder");

    fails(Kind.SYSTEM, () -> store.create(instance(TAG), Map.of()));
    fails(Kind.SYSTEM, () -> store.find(TAG));
    fails(Kind.SYSTEM, () -> store.list(i -> {}, f -> {}));
  }

  @Test
  void values_that_a_line_cannot_hold_are_illegal() {
    ResourceInstance good = instance(TAG);
    for (String bad : List.of("a\nb", "a\u0001b", "a\0", "\u00e9", "x".repeat(513))) {
      fails(Kind.ILLEGAL, () -> store.create(good.withInfo(bad), Map.of()));
      fails(Kind.ILLEGAL, () -> store.create(good.withState(State.ISP, bad), Map.of()));
    }
    assertThat(state).doesNotExist();
  }

  @Test
  void readers_never_see_a_torn_instance_while_it_changes() throws Exception {
    store.create(instance(TAG), Map.of());
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService readers = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> reads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        reads.add(
            readers.submit(
                () -> {
                  int seen = 0;
                  while (!stop.get() && seen < 100_000) {
                    assertThat(store.find(TAG).info()).isIn(INFO, SWAPPED);
                    seen++;
                  }
                  return seen;
                }));
      }
      for (int i = 0; i < 100; i++) {
        try (InstanceStore.Pending pending = store.prepareInfo(TAG, i % 2 == 0 ? SWAPPED : INFO)) {
          pending.commit();
        }
      }
      stop.set(true);
      for (Future<Integer> read : reads) {
        assertThat(read.get()).isPositive();
      }
    } finally {
      stop.set(true);
      readers.shutdownNow();
    }
  }
}
