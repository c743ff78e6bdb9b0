package org.lkipbu.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lkipbu.host.Failure;
import org.lkipbu.host.IoReason;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.Tag;
import org.lkipbu.ops.ListAddresses;

/**
 * {@code --dry-run}: the operation itself runs, on a copy of the instances in a folder of its own
 * and with a {@link Rehearsal} around it. What it came to is told, and the folder is removed.
 */
final class DryRun {

  private final Application real;

  DryRun(Application real) {
    this.real = real;
  }

  /**
   * What an operation would do, a line each.
   *
   * @throws Failure what the operation would fail with
   */
  Outcome run(Request request, ErrorLine errors) {
    if (request.operation() == Operation.REPAIR) {
      return Outcome.of(repair(request));
    }
    if (request.operation() == Operation.PROTECT || request.operation() == Operation.UNPROTECT) {
      real.embeddedStore();
    }
    Path folder = makeFolder();
    Rehearsal rehearsal = new Rehearsal(real.folders().run(), real.interfaces());
    try (Application copy = new Application(environment(folder), rehearsal, real.interfaces())) {
      Map<Tag, ResourceInstance> before = copyInstances(request, copy.embeddedStore(), errors);
      Outcome outcome = Main.perform(request.inEarnest(), copy, errors);
      StringBuilder text = new StringBuilder(Preconditions.of(request));
      for (String line : rehearsal.lines()) {
        text.append(line).append('\n');
      }
      changes(text, before, instances(copy.embeddedStore(), failure -> {}));
      return new Outcome(text.append("nothing was changed\n").toString(), outcome.exitCode());
    } finally {
      remove(folder);
    }
  }

  private String repair(Request request) {
    StringBuilder text = new StringBuilder();
    new ListAddresses(real.store(), real.interfaces(), real.journal(), real.lastMoves())
        .run(
            it -> {
              if (it.interrupted() && (request.tag() == null || request.tag().equals(it.tag()))) {
                text.append("would finish or undo: the interrupted move of ");
                text.append(it.address().host()).append(" (").append(it.tag()).append("), which ");
                text.append(it.up() ? "is on " : "is not on ").append(it.primary()).append('\n');
              }
            },
            broken -> {});
    return text.append("nothing was changed\n").toString();
  }

  private Map<Tag, ResourceInstance> copyInstances(
      Request request, EmbeddedStore copy, ErrorLine errors) {
    Map<Tag, ResourceInstance> copied = new TreeMap<>(Comparator.comparing(Tag::value));
    boolean all =
        request.operation() == Operation.PROTECT || request.operation() == Operation.EVACUATE;
    if (all) {
      copied.putAll(instances(real.store(), errors::report));
    } else {
      copied.put(request.tag(), real.store().find(request.tag()));
    }
    copied.values().forEach(copy::create);
    return copied;
  }

  private static Map<Tag, ResourceInstance> instances(
      InstanceStore store, java.util.function.Consumer<Failure> broken) {
    Map<Tag, ResourceInstance> all = new TreeMap<>(Comparator.comparing(Tag::value));
    store.list(instance -> all.put(instance.tag(), instance), broken);
    return all;
  }

  private static void changes(
      StringBuilder text, Map<Tag, ResourceInstance> before, Map<Tag, ResourceInstance> after) {
    for (ResourceInstance old : before.values()) {
      ResourceInstance now = after.get(old.tag());
      if (now == null) {
        text.append("would forget: ").append(old.tag()).append('\n');
      } else if (!now.info().equals(old.info())) {
        text.append("INFO of ").append(old.tag()).append(" before: ").append(old.info());
        text.append("\nINFO of ").append(old.tag()).append(" after:  ").append(now.info());
        text.append('\n');
      }
    }
    for (ResourceInstance now : after.values()) {
      if (!before.containsKey(now.tag())) {
        text.append("would make: ").append(now.tag()).append(", INFO ").append(now.info());
        text.append('\n');
      }
    }
  }

  private Map<String, String> environment(Path folder) {
    Map<String, String> copy = new HashMap<>(real.environment());
    copy.put("LKIPBU_STATE_DIR", folder.resolve("state").toString());
    copy.put("LKIPBU_RUN_DIR", folder.resolve("run").toString());
    copy.put("LKIPBU_STORE", "embedded");
    return copy;
  }

  private static Path makeFolder() {
    try {
      return Files.createTempDirectory("lkipbu-dry-run");
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.SYSTEM, "cannot make a folder for the dry run", IoReason.of(e), e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A folder below /tmp is left over; it holds copies alone.
    }
  }
}
