package org.lkipbu.ops.doctor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A host on which nothing is wrong until a test says so. */
final class FakeFacts implements Facts {

  final Set<String> programs =
      new HashSet<>(
          Set.of("ip", "awk", "flock", "ping", "bridge", "logger", "arping", "ndptool", "nft"));
  final Map<String, String> outputs = new HashMap<>(Map.of("arping -V", "arping from iputils"));
  final Map<String, String> files = new HashMap<>();
  final Map<String, Integer> mtus = new HashMap<>();
  final Set<String> dead = new HashSet<>();

  @Override
  public boolean hasProgram(String name) {
    return programs.contains(name);
  }

  @Override
  public String output(String... argv) {
    String words = String.join(" ", argv);
    String best = "";
    for (String beginning : outputs.keySet()) {
      if (words.startsWith(beginning) && beginning.length() > best.length()) {
        best = beginning;
      }
    }
    return outputs.getOrDefault(best, "");
  }

  @Override
  public String read(String file) {
    return files.getOrDefault(file, "");
  }

  @Override
  public List<String> names(String folder) {
    return files.keySet().stream()
        .filter(file -> file.startsWith(folder + "/"))
        .map(file -> file.substring(folder.length() + 1))
        .filter(name -> name.indexOf('/') < 0)
        .sorted()
        .toList();
  }

  @Override
  public boolean hasLink(String interfaceName) {
    return !dead.contains(interfaceName);
  }

  @Override
  public int mtu(String interfaceName) {
    return mtus.getOrDefault(interfaceName, 1500);
  }
}
