package org.lkipbu.ops.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Helps checks to read what programs print. */
final class Words {

  private Words() {}

  /** The word after a word, on one line; empty when there is none. */
  static String after(String line, String key) {
    String[] words = line.strip().split("\\s+");
    for (int i = 0; i + 1 < words.length; i++) {
      if (words[i].equals(key)) {
        return words[i + 1];
      }
    }
    return "";
  }

  /** The lines of a text that hold something. */
  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (!line.isBlank()) {
        lines.add(line.strip());
      }
    }
    return lines;
  }

  /** The interfaces of all instances, each once. */
  static TreeSet<String> interfaces(List<Patient> patients) {
    TreeSet<String> all = new TreeSet<>();
    for (Patient patient : patients) {
      all.addAll(patient.interfaces());
    }
    return all;
  }
}
