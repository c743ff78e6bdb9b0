package org.lkipbu.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.ProcessCommandRunner;

/**
 * A real sshd on the host of a lab, and an administrator on the lab's client who may log in there.
 * Keys are made for it; of the machine's own ssh nothing is used or changed, as both see an
 * /etc/passwd of the lab's own.
 */
public final class SshLink implements AutoCloseable {

  /** The address of the host as the administrator knows it. */
  public static final String MACHINE = "10.0.0.10";

  private final NetLab lab;
  private final Path folder;
  private final Process sshd;
  private final Path wrapper;

  /** Starts the sshd. */
  public SshLink(NetLab lab) throws IOException {
    this.lab = lab;
    this.folder = lab.folder().resolve("ssh");
    Path home = folder.resolve("home/.ssh");
    Files.createDirectories(home);
    keygen(folder.resolve("hostkey"));
    keygen(home.resolve("id_ed25519"));
    Files.copy(home.resolve("id_ed25519.pub"), folder.resolve("authorized"));
    know(folder.resolve("hostkey.pub"));
    Files.writeString(
        folder.resolve("passwd"),
        "root:x:0:0:root:"
            + folder.resolve("home")
            + ":/bin/sh\n"
            + "sshd:x:99:65534::/run/sshd:/usr/sbin/nologin\n");
    wrapper = folder.resolve("lkipbu");
    install("");
    Files.writeString(
        folder.resolve("sshd_config"),
        """
        ListenAddress %s
        HostKey %s
        AuthorizedKeysFile %s
        StrictModes no
        UsePAM no
        PidFile none
        PermitRootLogin yes
        """
            .formatted(MACHINE, folder.resolve("hostkey"), folder.resolve("authorized")));
    String script =
        "mount -t tmpfs none /run && mkdir -p /run/sshd && chmod 755 /run/sshd && "
            + "mount --bind "
            + folder.resolve("passwd")
            + " /etc/passwd && exec /usr/sbin/sshd -D -E "
            + folder.resolve("log")
            + " -f "
            + folder.resolve("sshd_config");
    sshd =
        new ProcessBuilder(
                "ip", "netns", "exec", lab.host(), "unshare", "-m", "/bin/sh", "-c", script)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    awaitListening();
  }

  /** What runs on the host in place of an installed lkipbu, after a few shell commands. */
  public void install(String before) throws IOException {
    StringBuilder script = new StringBuilder("#!/bin/sh\n");
    for (Map.Entry<String, String> one : lab.environment().entrySet()) {
      script.append("export ").append(one.getKey()).append("='").append(one.getValue());
      script.append("'\n");
    }
    script.append(before).append("\nexec ").append(Built.argv("lkipbu")[0]).append(" \"$@\"\n");
    Files.writeString(wrapper, script);
    Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Makes the administrator believe that the host has another key than it has. */
  public void expectAnotherKey() throws IOException {
    keygen(folder.resolve("otherkey"));
    know(folder.resolve("otherkey.pub"));
  }

  /** Runs lkipbu with {@code -d} as the administrator. */
  public CommandResult lkipbu(String machine, String... arguments) {
    Built.checkFresh();
    List<String> argv = argv(machine, arguments);
    return new ProcessCommandRunner().run(new Command(argv, NetLab.LIMIT, environment()));
  }

  /** Starts it and does not wait. */
  public Process start(String machine, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(argv(machine, arguments));
    builder.environment().putAll(environment());
    return builder.redirectErrorStream(true).start();
  }

  private List<String> argv(String machine, String... arguments) {
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of("ip", "netns", "exec", lab.client(), "unshare", "-m", "/bin/sh", "-c"));
    argv.add("mount --bind " + folder.resolve("passwd") + " /etc/passwd && exec \"$@\"");
    argv.add("sh");
    argv.addAll(List.of(Built.argv("lkipbu", "-d", machine)));
    argv.addAll(List.of(arguments));
    return argv;
  }

  private Map<String, String> environment() {
    return Map.of(
        "LKIPBU_STORE",
        "embedded",
        "LKIPBU_STATE_DIR",
        folder.resolve("state").toString(),
        "LKIPBU_RUN_DIR",
        folder.resolve("run").toString(),
        "LKIPBU_REMOTE_PROGRAM",
        wrapper.toString(),
        "LKIPBU_CONNECT_TIMEOUT",
        "3");
  }

  private void know(Path publicKey) throws IOException {
    Files.writeString(
        folder.resolve("home/.ssh/known_hosts"), MACHINE + " " + Files.readString(publicKey));
  }

  private static void keygen(Path file) {
    CommandResult made =
        new ProcessCommandRunner()
            .run(
                Command.of(
                    NetLab.LIMIT,
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-f",
                    file.toString()));
    if (!made.ok()) {
      throw new AssertionError(made.err());
    }
  }

  private void awaitListening() throws IOException {
    for (int i = 0; i < 200; i++) {
      if (lab.ok(lab.host(), "ss", "-Hltn").contains(MACHINE + ":22")) {
        return;
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("no sshd: " + Files.readString(folder.resolve("out")));
  }

  @Override
  public void close() {
    sshd.descendants().forEach(ProcessHandle::destroyForcibly);
    sshd.destroyForcibly();
    try {
      sshd.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
