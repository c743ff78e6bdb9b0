package org.lkipbu.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The programs under test, as the build made them. */
public final class Built {

  private static final Path PROJECT = Path.of("").toAbsolutePath();

  private Built() {}

  /** The argument vector of one of the project's scripts. */
  public static String[] argv(String script, String... arguments) {
    String[] argv = new String[arguments.length + 1];
    argv[0] = PROJECT.resolve("scripts").resolve(script).toString();
    System.arraycopy(arguments, 0, argv, 1, arguments.length);
    return argv;
  }

  /** Fails when the jar that the launchers start is older than the classes under test. */
  public static void checkFresh() {
    Path jar = PROJECT.resolve("target/lkipbu.jar");
    try (Stream<Path> classes = Files.walk(PROJECT.resolve("target/classes"))) {
      long built = Files.exists(jar) ? Files.getLastModifiedTime(jar).toMillis() : 0;
      boolean stale =
          classes
              .filter(Files::isRegularFile)
              .anyMatch(file -> file.toFile().lastModified() > built + 1);
      if (stale) {
        throw new IllegalStateException("target/lkipbu.jar is not up to date: run 'mvn package'");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
