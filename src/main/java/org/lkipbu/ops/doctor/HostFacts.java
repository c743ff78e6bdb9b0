package org.lkipbu.ops.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.host.ProcessCommandRunner;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.net.Interfaces;

/** The facts of this host. */
public final class HostFacts implements Facts {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int LARGEST_FILE = 1 << 20;

  private final CommandRunner runner;
  private final Interfaces interfaces;

  /** Facts by programs, by files, and by what the kernel says of interfaces. */
  public HostFacts(CommandRunner runner, Interfaces interfaces) {
    this.runner = runner;
    this.interfaces = interfaces;
  }

  @Override
  public boolean hasProgram(String name) {
    for (String folder : ProcessCommandRunner.SEARCH_PATH) {
      if (new File(folder, name).canExecute()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String output(String... argv) {
    try {
      CommandResult result = runner.run(Command.of(LIMIT, argv));
      return result.out() + result.err();
    } catch (Failure e) {
      return "";
    }
  }

  @Override
  public String read(String file) {
    try (var in = Files.newInputStream(Path.of(file))) {
      return new String(in.readNBytes(LARGEST_FILE), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public List<String> names(String folder) {
    String[] names = new File(folder).list();
    if (names == null) {
      return List.of();
    }
    Arrays.sort(names);
    return List.of(names);
  }

  @Override
  public boolean hasLink(String interfaceName) {
    return interfaces.hasLink(new InterfaceName(interfaceName));
  }

  @Override
  public int mtu(String interfaceName) {
    return interfaces.mtu(new InterfaceName(interfaceName));
  }
}
