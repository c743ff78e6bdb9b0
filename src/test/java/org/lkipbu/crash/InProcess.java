package org.lkipbu.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lkipbu.cli.Main;
import org.lkipbu.cli.lcd.LcdMain;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;

/** The commands, run in this process, over two instances that are out of service. */
final class InProcess {

  /** What a command left behind. */
  record Outcome(int code, String out, String err) {}

  final Map<String, String> environment = new HashMap<>();
  private final Path folder;

  InProcess(Path folder) {
    this.folder = folder;
    useFolders();
    EmbeddedStore store = new EmbeddedStore(folder.resolve("state"));
    store.create(instance("plain", "none"));
    store.create(instance("named", "nosuch1"));
  }

  private static ResourceInstance instance(String tag, String backup) {
    String info = "node1 nosuch0 192.0.2.10 fffffc00 " + backup;
    return new ResourceInstance("node1", "comm", "ip", new Tag(tag), tag, info, State.OSU, "");
  }

  /** Sets the variables that keep everything in the test's folder. */
  void useFolders() {
    environment.put("LKIPBU_STATE_DIR", folder.resolve("state").toString());
    environment.put("LKIPBU_RUN_DIR", folder.resolve("run").toString());
    environment.put("LKIPBU_CONFIG_DIR", folder.resolve("config").toString());
    environment.put("LKIPBU_STORE", "embedded");
  }

  /** Runs a verb of LifeKeeper's database where the first word is one, else lkipbu. */
  Outcome run(String... argv) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
    boolean verb =
        argv.length > 0 && (argv[0].startsWith("ins_") || argv[0].startsWith("perform_"));
    int code =
        verb
            ? LcdMain.run(argv, environment, outStream, errStream)
            : Main.run(argv, environment, outStream, errStream);
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a command that must end so, with one short line on stderr, and change nothing. */
  void assertRefused(int code, String... argv) throws IOException {
    Map<String, String> before = stored();

    Outcome outcome = run(argv);

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).matches("lkipbu: [ -~]{5,500}\n");
    assertThat(stored()).isEqualTo(before);
    assertNoCanary();
  }

  /** No value was run as a command, here or where the values might lead. */
  void assertNoCanary() throws IOException {
    assertThat(Path.of("canary")).doesNotExist();
    assertThat(Path.of("../canary")).doesNotExist();
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString)).doesNotContain("canary");
    }
  }

  /** The files of the store and what they hold. */
  Map<String, String> stored() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder.resolve("state"))) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(path.toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }
}
