package org.lkipbu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.ProcessCommandRunner;
import org.lkipbu.instance.Tag;
import picocli.CommandLine.Model.OptionSpec;

/** What bash and zsh offer when somebody presses the tabulator key. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompletionScriptTest {

  @TempDir Path folder;
  private Path script;
  private Path instances;

  @BeforeEach
  void write_the_script() throws IOException {
    script = folder.resolve("share/bash-completion/completions/lkipbu");
    instances = Files.createDirectories(folder.resolve("state/instances"));
    CompletionScript.main(new String[] {"src/completion/live.bash", script.toString()});
  }

  @Test
  void every_option_is_offered() {
    List<String> names = new ArrayList<>();
    for (OptionSpec option : Options.commandLine().getCommandSpec().options()) {
      names.addAll(List.of(option.names()));
    }
    assertThat(offered("lkipbu -")).containsExactlyInAnyOrderElementsOf(names);
    assertThat(offered("lkipbu -s -t x --deb")).containsExactly("--debug");
  }

  @Test
  void the_tags_of_the_embedded_store_are_offered() throws IOException {
    instance("ip-172.17.106.10");
    instance("web/a@x");
    assertThat(offered("lkipbu -s -t ")).containsExactly("ip-172.17.106.10", "web/a@x");
    assertThat(offered("lkipbu -s --tag ip")).containsExactly("ip-172.17.106.10");
    assertThat(offered("lkipbu -s --tag=w")).containsExactly("web/a@x");
    assertThat(offered("lkipbu -s -t none")).isEmpty();
  }

  @Test
  void a_word_that_readline_cuts_is_completed_from_where_it_cuts() throws IOException {
    instance("ip-2001:db8::10");
    assertThat(offered("lkipbu -s -t ip-")).containsExactly("ip-2001:db8::10");
    assertThat(offered("lkipbu -s -t ip-2001:")).containsExactly("db8::10");
  }

  @Test
  void the_tags_of_LifeKeeper_are_offered_where_it_is() throws IOException {
    instance("not-this");
    Path list = Files.createDirectories(folder.resolve("lk/bin")).resolve("ins_list");
    Files.writeString(
        list,
        "#!/bin/sh\n[ \"$*\" = '-r ip' ] || exit 2\n"
            + "printf 'A\\001comm\\001ip\\001%s\\001id\\001info\\001ISP\\n' ip-10.0.0.1 lk\n");
    assertThat(list.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment = Map.of("LKROOT", folder.resolve("lk").toString());
    assertThat(offered("lkipbu -s -t ", environment)).containsExactly("ip-10.0.0.1", "lk");
  }

  @Test
  void interfaces_are_offered_but_not_the_loopback() throws IOException {
    List<String> here = new ArrayList<>();
    try (var links = Files.list(Path.of("/sys/class/net"))) {
      links.map(link -> link.getFileName().toString()).sorted().forEach(here::add);
    }
    here.remove("lo");
    assertThat(offered("lkipbu -a -f ")).containsExactlyInAnyOrderElementsOf(here);
  }

  @Test
  void a_name_made_to_run_something_is_left_out() throws IOException {
    Path trace = folder.resolve("trace");
    for (String name : List.of("$(touch trace)", "`touch trace`", "a b", "*", "%24(touch trace)")) {
      Files.createFile(instances.resolve(name));
    }
    Files.createFile(instances.resolve("\\x24(touch trace)"));
    instance("good");
    assertThat(offered("lkipbu -s -t ")).containsExactly("good");
    assertThat(trace).doesNotExist();
  }

  @Test
  void zsh_offers_the_same() throws IOException {
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(Files.exists(Path.of("/usr/bin/zsh")), "there is no zsh");
    }
    instance("ip-2001:db8::10");
    String function = Files.readString(Path.of("src/completion/_lkipbu"));
    Files.writeString(folder.resolve("_lkipbu"), function.replace("@PREFIX@", folder.toString()));
    CommandResult result =
        run(
            Map.of(),
            "zsh",
            "-f",
            "-c",
            """
            zmodload zsh/zpty
            zpty shell 'PS1= zsh -f -i'
            zpty -w shell 'unset zle_bracketed_paste; fpath=($PWD $fpath); autoload -U compinit; compinit -u -D'
            zpty -w shell 'lkipbu() { print "got" "<$*>" }'
            zpty -w -n shell $'lkipbu --stat\\t-t ip-2\\t\\n'
            zpty -r -m shell said '*got <*>*'
            print -r -- ${said##*got }
            zpty -d shell
            """);
    assertThat(result.out()).as(result.err()).contains("<--status -t ip-2001:db8::10>");
  }

  private void instance(String tag) throws IOException {
    Files.createFile(instances.resolve(new Tag(tag).fileName()));
  }

  private List<String> offered(String line) {
    return offered(line, Map.of("LKIPBU_STORE", "embedded"));
  }

  private List<String> offered(String line, Map<String, String> environment) {
    CommandResult result =
        run(
            environment,
            "bash",
            "-c",
            ". \"$1\"; COMP_LINE=$2 COMP_POINT=${#2}; _lkipbu 2>/dev/null;"
                + " [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' \"${COMPREPLY[@]}\"",
            "bash",
            script.toString(),
            line);
    assertThat(result.err()).isEmpty();
    return result.out().lines().toList();
  }

  private CommandResult run(Map<String, String> environment, String... argv) {
    List<String> command = new ArrayList<>(List.of("env", "-C", folder.toString()));
    command.add("LKIPBU_STATE_DIR=" + folder.resolve("state"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(List.of(argv));
    return new ProcessCommandRunner()
        .run(Command.of(Duration.ofSeconds(60), command.toArray(new String[0])));
  }
}
