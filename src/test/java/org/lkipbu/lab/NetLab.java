package org.lkipbu.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.ProcessCommandRunner;
import org.lkipbu.lab.Situation.ClientPlace;
import org.lkipbu.lab.Situation.Fault;

/**
 * A small network of real interfaces in network namespaces with names of their own: a host with
 * eth0 and eth1, a switch, a client and a router on it, and a far client behind the router.
 *
 * <pre>
 *   host eth0 --- h0 +--------+ c0 --- eth0 client
 *        eth1 --- h1 | switch | r0 --- eth0 router eth1 --- eth0 far
 * </pre>
 *
 * <p>Everything is removed by {@link #close()}, also when building it fails. Nothing outside these
 * namespaces is touched.
 */
public final class NetLab implements AutoCloseable {

  static final List<String> MACHINES = List.of("h", "s", "c", "r", "f");
  private static final AtomicInteger COUNTER = new AtomicInteger();
  static final Duration LIMIT = Duration.ofSeconds(60);

  private final ProcessCommandRunner programs = new ProcessCommandRunner();
  private final String name =
      "lk" + ProcessHandle.current().pid() + "n" + COUNTER.incrementAndGet();
  private final List<String> namespaces = new ArrayList<>();
  private final LabPlan plan;
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  /** Builds the network. */
  public NetLab(LabPlan plan) {
    this.plan = plan;
    for (String machine : MACHINES) {
      namespaces.add(name + machine);
    }
    try {
      folder = Files.createTempDirectory("lkipbu-lab");
      for (String part : List.of("STATE", "RUN", "CONFIG")) {
        Path path = Files.createDirectory(folder.resolve(part.toLowerCase(java.util.Locale.ROOT)));
        environment.put("LKIPBU_" + part + "_DIR", path.toString());
      }
      // A machine with a LifeKeeper of its own must not change what the lab shows.
      environment.put("LKIPBU_STORE", "embedded");
      shell(LabScript.build(name, plan));
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** A network for one of the 72 situations; its fault is not there yet. */
  public static NetLab of(Situation situation) {
    return new NetLab(LabPlan.of(situation));
  }

  /** The namespace of the host with eth0 and eth1. */
  public String host() {
    return name + "h";
  }

  /** The namespace of the switch: bridge br0 with the ports h0, h1, c0 and r0. */
  public String networkSwitch() {
    return name + "s";
  }

  /** The namespace of the client on the link. */
  public String client() {
    return name + "c";
  }

  /** The namespace of the router. */
  public String router() {
    return name + "r";
  }

  /** The namespace of the client behind the router. */
  public String far() {
    return name + "f";
  }

  /** The namespace of a client. */
  public String client(ClientPlace place) {
    return place == ClientPlace.ON_LINK ? client() : far();
  }

  /** The address to protect, on no interface yet. */
  public String vip() {
    return plan.vip();
  }

  /** The same with its prefix length. */
  public String vipAndPrefix() {
    return plan.vip() + "/" + plan.prefix();
  }

  /** The prefix length of every address, with its slash. */
  public String length() {
    return "/" + plan.prefix();
  }

  /** The address of the client on the link. */
  public String clientAddress() {
    return plan.client();
  }

  /** The router's address on the link. */
  public String routerAddress() {
    return plan.router();
  }

  /** The folder with state, run and config of this lab's host. */
  public Path folder() {
    return folder;
  }

  /** The variables that lkipbu and its scripts get in this lab; may be changed. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Runs a program in a namespace, at most a minute. */
  public CommandResult run(String namespace, String... argv) {
    return runner(namespace).run(new Command(List.of(argv), LIMIT, environment));
  }

  /** Runs a program that must succeed; its stdout. */
  public String ok(String namespace, String... argv) {
    CommandResult result = run(namespace, argv);
    if (!result.ok()) {
      throw new AssertionError(
          String.join(" ", argv) + ": " + result.exitCode() + ": " + result.err() + result.out());
    }
    return result.out();
  }

  /** A runner that runs everything in a namespace. */
  public CommandRunner runner(String namespace) {
    return new CommandRunner() {
      @Override
      public CommandResult run(Command command) {
        return programs.run(inside(command));
      }

      @Override
      public CommandResult runUntil(Command command, Predicate<String> enough) {
        return programs.runUntil(inside(command), enough);
      }

      private Command inside(Command command) {
        List<String> argv = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        argv.addAll(command.argv());
        return command.withArgv(argv);
      }
    };
  }

  /** Runs the command {@code lkipbu} on the host. */
  public CommandResult lkipbu(String... arguments) {
    return script("lkipbu", arguments);
  }

  /** Starts the command {@code lkipbu} on the host, its output unread, and does not wait for it. */
  public Process startLkipbu(String... arguments) {
    return start("lkipbu", arguments);
  }

  /** The same with another of the project's scripts. */
  public Process start(String script, String... arguments) {
    Built.checkFresh();
    List<String> argv = new ArrayList<>(List.of("ip", "netns", "exec", host()));
    argv.addAll(List.of(Built.argv(script, arguments)));
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the command {@code lkipbu} on the host with its stderr going to a file. */
  public Process startLkipbu(Path errors, String... arguments) {
    Built.checkFresh();
    List<String> argv = new ArrayList<>(List.of("ip", "netns", "exec", host()));
    argv.addAll(List.of(Built.argv("lkipbu", arguments)));
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      return builder.redirectError(errors.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one of the LCDI verbs on the host. */
  public CommandResult lcd(String verb, String... arguments) {
    return script("lcd/" + verb, arguments);
  }

  /**
   * Puts a copy of the programs where everybody may read it, for {@link #asNobody}: the source tree
   * may lie in a folder of root's alone.
   */
  public void publish() {
    ok(
        host(),
        "sh",
        "-ec",
        "chmod 755 \"$0\"; mkdir -p \"$0/public/target\"; cp -r \"$1/scripts\" \"$0/public\"\n"
            + "cp -r \"$1/target/lkipbu.jar\" \"$1/target/lib\" \"$0/public/target\"\n"
            + "chmod -R a+rX \"$0/public\"",
        folder.toString(),
        Path.of("").toAbsolutePath().toString());
  }

  /** Runs one of the published scripts on the host as somebody who is not root. */
  public CommandResult asNobody(String script, String... arguments) {
    List<String> argv =
        new ArrayList<>(
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
    argv.add(folder.resolve("public/scripts").resolve(script).toString());
    argv.addAll(List.of(arguments));
    return run(host(), argv.toArray(String[]::new));
  }

  /** Runs ipaction on the host. */
  public CommandResult ipaction(String... arguments) {
    return run(host(), Built.argv("ipaction", arguments));
  }

  /** Runs one of the project's scripts on the host. */
  public CommandResult script(String script, String... arguments) {
    Built.checkFresh();
    return run(host(), Built.argv(script, arguments));
  }

  /**
   * Gives the host its default route through the router on eth0. The lab has it from the start
   * where eth0 has an address of its own; else it can only be added once the protected one is
   * there.
   */
  public void addDefaultRoute() {
    ok(host(), "ip", "route", "replace", "default", "via", plan.router(), "dev", "eth0");
  }

  /** Sets a sysctl, its name with slashes or dots. */
  public void sysctl(String namespace, String key, String value) {
    ok(namespace, "sysctl", "-q", "-w", key + "=" + value);
  }

  /** Lets a fault befall an interface of the host, and waits until the kernel knows. */
  public void apply(Fault fault, String interfaceName) {
    switch (fault) {
      case NONE -> {}
      case CARRIER_LOST -> cutCarrier(interfaceName);
      case SET_DOWN -> ok(host(), "ip", "link", "set", interfaceName, "down");
      case BLACKHOLED -> blackhole(interfaceName);
    }
  }

  /** Pulls the cable of an interface of the host. */
  public void cutCarrier(String interfaceName) {
    ok(networkSwitch(), "ip", "link", "set", port(interfaceName), "down");
    awaitCarrier(interfaceName, false);
  }

  /** Plugs the cable in again. */
  public void mendCarrier(String interfaceName) {
    ok(networkSwitch(), "ip", "link", "set", port(interfaceName), "up");
    awaitCarrier(interfaceName, true);
  }

  /** Swallows everything behind an interface of the host, which keeps its carrier. */
  public void blackhole(String interfaceName) {
    ok(networkSwitch(), "ip", "link", "set", port(interfaceName), "nomaster");
  }

  /** Ends {@link #blackhole} and {@link #wrongSegment}. */
  public void reconnect(String interfaceName) {
    ok(networkSwitch(), "ip", "link", "set", port(interfaceName), "master", "br0");
  }

  /** Plugs an interface of the host into another switch, where nobody of this subnet is. */
  public void wrongSegment(String interfaceName) {
    run(networkSwitch(), "ip", "link", "add", "br1", "type", "bridge", "forward_delay", "0");
    ok(networkSwitch(), "ip", "link", "set", "br1", "up");
    ok(networkSwitch(), "ip", "link", "set", port(interfaceName), "master", "br1");
  }

  /**
   * Puts another machine on the switch.
   *
   * @param letter one that names its namespace and is not in use
   * @param address with its prefix length
   * @return its namespace
   */
  public String addMachine(String letter, String address) {
    namespaces.add(name + letter);
    shell(LabScript.stranger(name, letter, address));
    return name + letter;
  }

  /**
   * Puts a container on the host: a namespace behind a third interface of it, veth0.
   *
   * @param letter one that names its namespace and is not in use
   * @param address its address with its prefix length
   * @param gateway the host's address on veth0
   */
  public void addContainer(String letter, String address, String gateway) {
    namespaces.add(name + letter);
    shell(LabScript.container(name, letter, address, gateway));
  }

  /** The namespace of an added machine or container. */
  public String added(String letter) {
    return name + letter;
  }

  /** The address of the far client. */
  public String farAddress() {
    return plan.far();
  }

  /** The MAC address of an interface. */
  public String mac(String namespace, String interfaceName) {
    return ok(namespace, "cat", "/sys/class/net/" + interfaceName + "/address").strip();
  }

  /** The MAC that a machine's cache has for an address, empty when it has none. */
  public String cached(String namespace, String address) {
    String entry = ok(namespace, "ip", "neigh", "show", address);
    int at = entry.indexOf("lladdr ");
    return at < 0 ? "" : entry.substring(at + 7, at + 24);
  }

  /** Whether one of a few echo requests from a namespace is answered. */
  public boolean answers(String namespace, String target) {
    return run(namespace, "ping", "-n", "-c", "3", "-i", "0.05", "-W", "1", target).ok();
  }

  /** A client that goes on asking, a hundred times a second. */
  public Pinger pinger(String namespace, String target) {
    return pinger(namespace, target, Duration.ofMillis(10));
  }

  /** A client that goes on asking. */
  public Pinger pinger(String namespace, String target, Duration interval) {
    try {
      return new Pinger(namespace, target, interval);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes everything. */
  @Override
  public void close() {
    StringBuilder script = new StringBuilder();
    for (String namespace : namespaces) {
      script.append("[ -e /run/netns/%1$s ] && {\n".formatted(namespace));
      script.append("for p in $(ip netns pids %s); do kill -9 $p; done\n".formatted(namespace));
      script.append("ip netns del %s\n}\n".formatted(namespace));
    }
    shell(script + "true\n");
    if (folder != null && Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String port(String interfaceName) {
    return "h" + interfaceName.charAt(interfaceName.length() - 1);
  }

  private void awaitCarrier(String interfaceName, boolean wanted) {
    for (int i = 0; i < 200; i++) {
      if (ok(host(), "ip", "link", "show", interfaceName).contains("LOWER_UP") == wanted) {
        return;
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("the carrier of " + interfaceName + " did not change");
  }

  private static void shell(String script) {
    try {
      Process process = new ProcessBuilder("/bin/sh", "-s").redirectErrorStream(true).start();
      try (var in = process.getOutputStream()) {
        in.write(script.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError("no network could be built here (root is needed): " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
