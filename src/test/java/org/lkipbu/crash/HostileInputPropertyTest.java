package org.lkipbu.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Command lines put together at random. None of them can reach the network. */
class HostileInputPropertyTest {

  private Path folder;
  private InProcess commands;

  @BeforeTry
  void a_store() throws IOException {
    folder = Files.createTempDirectory("lkipbu-input");
    commands = new InProcess(folder);
  }

  @AfterTry
  void remove_it() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  @Property(tries = 200)
  void every_command_line_ends_in_a_documented_way(@ForAll("commandLines") List<String> line)
      throws IOException {
    Map<String, String> before = commands.stored();

    InProcess.Outcome outcome = commands.run(line.toArray(String[]::new));

    assertThat(outcome.code()).as(outcome.err()).isIn(0, 1, 2, 4, 5, 7, 9, 10, 13);
    if (outcome.code() != 0) {
      assertThat(outcome.err()).matches("lkipbu: [ -~]{5,500}\n");
      assertThat(commands.stored()).isEqualTo(before);
    }
    assertThat(outcome.err()).doesNotContain("\tat ");
    commands.assertNoCanary();
  }

  @Property(tries = 100)
  void every_content_of_an_instance_is_read_or_refused(@ForAll String noise) throws IOException {
    Path file = folder.resolve("state/instances/plain");
    Files.write(file, noise.getBytes(StandardCharsets.UTF_8));

    commands.assertRefused(5, "-s", "-t", "plain");
  }

  @Provide
  Arbitrary<List<String>> commandLines() {
    Arbitrary<String> commands =
        Arbitraries.of(
            "-s",
            "-a",
            "-r",
            "-m",
            "--repair",
            "--check",
            "--quick",
            "--status",
            "--help",
            "--version",
            "ins_list",
            "ins_create",
            "ins_setinfo",
            "ins_setstate",
            "ins_remove");
    Arbitrary<String> options =
        Arbitraries.of(
            "-t",
            "-f",
            "-d",
            "-v",
            "-i",
            "-S",
            "-R",
            "-x",
            "--",
            "--tag",
            "--interface",
            "--debugg",
            "-acomm",
            "-rip",
            "-tplain",
            "-fnosuch1",
            "plain",
            "named",
            "nosuch1",
            "ISP",
            "lo",
            "A nosuch0 10.0.0.5 24 none");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            List.of(
                Arbitraries.of(HostileValues.all("canary")),
                Arbitraries.strings().ofMaxLength(20)));
    Arbitrary<String> words =
        Arbitraries.frequencyOf(Tuple.of(5, options), Tuple.of(2, values), Tuple.of(1, commands));
    return commands.flatMap(
        first ->
            words
                .list()
                .ofMaxSize(7)
                .map(
                    rest -> {
                      List<String> line = new ArrayList<>(rest);
                      line.add(0, first);
                      return line;
                    }));
  }
}
