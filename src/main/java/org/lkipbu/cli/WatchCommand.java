package org.lkipbu.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lkipbu.host.Command;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.Tag;
import org.lkipbu.watch.WatchLog;
import org.lkipbu.watch.WatchSettings;
import org.lkipbu.watch.Watcher;

/** The operation {@code --watch}: a process for systemd, or for a terminal. */
final class WatchCommand {

  private static final Duration NOTIFY_LIMIT = Duration.ofSeconds(5);

  private final Application application;

  WatchCommand(Application application) {
    this.application = application;
  }

  /**
   * Watches until the process is ended.
   *
   * @param err gets a line an event
   * @throws Failure as {@link Watcher#run}; ILLEGAL on a LifeKeeper server; NOT_FOUND when a tag is
   *     given that there is not
   */
  void run(Request request, PrintStream err) {
    EmbeddedStore store = application.embeddedStore();
    for (Tag tag : request.tags()) {
      store.find(tag);
    }
    Set<Tag> only = new HashSet<>(request.tags());
    WatchLog log = new WatchLog(err, application.environment("JOURNAL_STREAM") != null);
    WatchSettings settings = WatchSettings.of(application.settings());
    new Watcher(application.watchTools(), settings, request.has(Modifier.FAILBACK), only, log)
        .run(this::ready);
  }

  /** Tells systemd, when it has started this process and wants to know (sd_notify(3)). */
  private void ready() {
    String socket = application.environment("NOTIFY_SOCKET");
    if (socket == null || socket.isEmpty()) {
      return;
    }
    Command notify =
        new Command(
            List.of("systemd-notify", "--ready"), NOTIFY_LIMIT, Map.of("NOTIFY_SOCKET", socket));
    application.runner().run(notify);
  }
}
