package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;

@Timeout(30)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IpActionBatchesTest {

  private static final Path HOME = Path.of("scripts").toAbsolutePath();

  private final Recorder recorder = new Recorder();
  private final IpActionBatches batches = new IpActionBatches(recorder, HOME);

  @Test
  void one_that_comes_alone_goes_alone() {
    assertThat(run("move", "10.0.0.1/24", "eth0", "eth1").out()).isEqualTo("alone");
    assertThat(recorder.seen).containsExactly("move 10.0.0.1/24 eth0 eth1");
  }

  @Test
  void those_that_come_meanwhile_go_together_and_each_gets_its_own_result() throws Exception {
    recorder.gate = new CountDownLatch(1);
    CompletableFuture<CommandResult> first = start("move", "10.0.0.1/24", "eth0", "eth1");
    await(() -> recorder.seen.size() == 1);
    CompletableFuture<CommandResult> refresh = start("refresh", "10.0.0.2/24", "eth0");
    CompletableFuture<CommandResult> good = start("move", "10.0.0.3/24", "eth0", "eth1");
    CompletableFuture<CommandResult> bad = start("move", "10.0.0.99/24", "eth0", "eth1");
    CompletableFuture<CommandResult> again = start("move", "10.0.0.3/24", "eth1", "eth0");
    Thread.sleep(200);
    recorder.gate.countDown();

    assertThat(first.get(10, TimeUnit.SECONDS).out()).isEqualTo("alone");
    assertThat(good.get(10, TimeUnit.SECONDS).exitCode()).isZero();
    assertThat(refresh.get(10, TimeUnit.SECONDS).out()).isEqualTo("put right: a rule");
    assertThat(bad.get(10, TimeUnit.SECONDS).exitCode()).isEqualTo(10);
    assertThat(bad.get().reason()).contains("it is back on eth0");
    assertThat(again.get(10, TimeUnit.SECONDS).exitCode()).isZero();
    // One address twice is never in one call.
    assertThat(recorder.seen).hasSize(3);
    assertThat(recorder.seen.get(1))
        .startsWith("batch ")
        .contains("move 10.0.0.99/24 eth0 eth1")
        .contains("refresh 10.0.0.2/24 eth0");
  }

  @Test
  void a_call_that_fails_fails_for_all_and_the_next_goes_on() throws Exception {
    recorder.gate = new CountDownLatch(1);
    CompletableFuture<CommandResult> first = start("refresh", "10.0.0.1/24", "eth0");
    await(() -> recorder.seen.size() == 1);
    CompletableFuture<CommandResult> one = start("refresh", "10.0.0.2/24", "eth0");
    CompletableFuture<CommandResult> other = start("refresh", "10.0.0.3/24", "eth0");
    Thread.sleep(200);
    recorder.broken = true;
    recorder.gate.countDown();

    first.get(10, TimeUnit.SECONDS);
    assertThat(one.handle((result, failure) -> failure).get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(other.handle((result, failure) -> failure).get(10, TimeUnit.SECONDS)).isNotNull();
    recorder.broken = false;
    assertThat(run("refresh", "10.0.0.4/24", "eth0").ok()).isTrue();
  }

  @Test
  void announcements_that_come_meanwhile_are_one_call() throws Exception {
    recorder.gate = new CountDownLatch(1);
    CompletableFuture<CommandResult> first = start("announce", "10.0.0.1/24", "eth0");
    await(() -> recorder.seen.size() == 1);
    CompletableFuture<CommandResult> second = start("announce", "10.0.0.2/24", "eth0");
    Thread.sleep(100);
    CompletableFuture<CommandResult> third = start("announce", "fd00::3/64", "eth1");
    Thread.sleep(100);
    recorder.gate.countDown();
    first.get(10, TimeUnit.SECONDS);
    second.get(10, TimeUnit.SECONDS);
    assertThat(third.get(10, TimeUnit.SECONDS).out()).isEqualTo("alone");
    assertThat(recorder.seen)
        .containsExactly("announce 10.0.0.1/24 eth0", "announce 10.0.0.2/24 eth0 fd00::3/64 eth1");
  }

  @Test
  void other_programs_and_operations_are_left_alone() {
    assertThat(batches.run(Command.of(Duration.ofSeconds(1), "ip", "link")).out())
        .isEqualTo("alone");
    assertThat(run("restore", "10.0.0.1/24", "eth0").out()).isEqualTo("alone");
  }

  private CommandResult run(String... words) {
    List<String> argv = new ArrayList<>(List.of(HOME.resolve("ipaction").toString()));
    argv.addAll(List.of(words));
    return batches.run(new Command(argv, Duration.ofSeconds(5), Map.of()));
  }

  private CompletableFuture<CommandResult> start(String... words) {
    CompletableFuture<CommandResult> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(run(words));
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private static void await(java.util.function.BooleanSupplier happened) throws Exception {
    for (int i = 0; i < 1000 && !happened.getAsBoolean(); i++) {
      Thread.sleep(5);
    }
    assertThat(happened.getAsBoolean()).isTrue();
  }

  /** Remembers what is run; a batch has the answers of the address 99 and of a refresh. */
  private static final class Recorder implements CommandRunner {

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean broken;

    @Override
    public CommandResult run(Command command) {
      seen.add(String.join(" ", command.argv().subList(1, command.argv().size())));
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (!command.argv().get(1).equals("batch")) {
        return new CommandResult(0, "alone", "");
      }
      if (broken) {
        throw new Failure(Failure.Kind.SYSTEM, "it hangs", "see why");
      }
      StringBuilder out = new StringBuilder();
      for (String line : command.argv().subList(2, command.argv().size())) {
        String[] words = line.split(" ");
        out.append(words[1]);
        if (words[1].contains(".99/")) {
          out.append(" 10 ipaction: it is back on eth0\n");
        } else {
          out.append(words[0].equals("refresh") ? " 0 put right: a rule\n" : " 0 \n");
        }
      }
      return new CommandResult(0, out.toString(), "");
    }

    @Override
    public CommandResult runUntil(Command command, Predicate<String> enough) {
      return run(command);
    }
  }
}
