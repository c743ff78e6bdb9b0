package org.lkipbu.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.function.Consumer;
import org.lkipbu.host.DurableFiles;
import org.lkipbu.host.Failure;
import org.lkipbu.host.IoReason;

/** Hears from the kernel (inotify(7)) which files of a folder change. */
final class StoreEvents implements AutoCloseable {

  private final WatchService service;
  private final Thread thread;

  /**
   * Begins to listen.
   *
   * @param changed gets the name of a file that came, changed or went, or the empty string when
   *     events were lost
   * @throws Failure SYSTEM when the folder cannot be watched
   */
  StoreEvents(Path folder, Consumer<String> changed) {
    DurableFiles.makeFolder(folder);
    try {
      service = FileSystems.getDefault().newWatchService();
      folder.register(
          service,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot watch " + folder, IoReason.of(e), e);
    }
    thread = new Thread(() -> follow(changed), "store events");
    thread.setDaemon(true);
    thread.start();
  }

  private void follow(Consumer<String> changed) {
    try {
      for (WatchKey key = service.take(); ; key = service.take()) {
        for (WatchEvent<?> event : key.pollEvents()) {
          Object name = event.context();
          if (name == null) {
            changed.accept("");
          } else if (!name.toString().startsWith(".")) {
            changed.accept(name.toString());
          }
        }
        key.reset();
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      // The end.
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      // It ends with the process.
    }
  }
}
