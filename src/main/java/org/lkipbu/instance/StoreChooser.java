package org.lkipbu.instance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.lkipbu.host.Caller;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.host.Folders;
import org.lkipbu.host.Settings;

/**
 * Finds the home that this host keeps its instances in. It is LifeKeeper's where {@code
 * $LKROOT/bin/ins_list} can be executed, and the embedded store otherwise; {@code LKIPBU_STORE} set
 * to {@code lifekeeper} or {@code embedded} decides it.
 */
public final class StoreChooser {

  private static final String USUAL_ROOT = "/opt/LifeKeeper";

  private final Settings settings;
  private final Folders folders;
  private final CommandRunner runner;

  /** A chooser for the host that the settings and folders describe. */
  public StoreChooser(Settings settings, Folders folders, CommandRunner runner) {
    this.settings = settings;
    this.folders = folders;
    this.runner = runner;
  }

  /**
   * The store of this host.
   *
   * @throws Failure ILLEGAL when a setting is wrong, SYSTEM when LifeKeeper is asked for and not
   *     there, or others than root may write its commands
   */
  public InstanceStore choose() {
    Optional<Path> root = lifeKeeper();
    if (root.isEmpty()) {
      return new EmbeddedStore(folders.state());
    }
    Duration limit = settings.seconds("LKIPBU_LCDI_TIMEOUT", 10, 1, 300);
    return new LifeKeeperStore(root.get(), runner, limit);
  }

  /**
   * LKROOT, when LifeKeeper is this host's home.
   *
   * @throws Failure as {@link #choose}
   */
  public Optional<Path> lifeKeeper() {
    String choice = settings.text("LKIPBU_STORE", "");
    if (choice.equals("embedded")) {
      return Optional.empty();
    }
    if (!choice.isEmpty() && !choice.equals("lifekeeper")) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "setting LKIPBU_STORE is " + Quoted.of(choice),
          "set it to lifekeeper or embedded, or leave it out");
    }
    String root = settings.text("LKROOT", USUAL_ROOT);
    if (!root.startsWith("/")) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "setting LKROOT is " + Quoted.of(root),
          "set it to the absolute path of LifeKeeper's folder");
    }
    Path command = Path.of(root, "bin", "ins_list");
    if (Files.isExecutable(command)) {
      Caller.requireTrusted(Path.of(root), "LifeKeeper's folder");
      Caller.requireTrusted(command.getParent(), "LifeKeeper's folder");
      Caller.requireTrusted(command, "LifeKeeper's command");
      return Optional.of(Path.of(root));
    }
    if (choice.isEmpty()) {
      return Optional.empty();
    }
    throw new Failure(
        Failure.Kind.SYSTEM,
        "LifeKeeper's command " + command + " cannot be executed",
        "set LKROOT, or LKIPBU_STORE=embedded");
  }
}
