package org.lkipbu.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells, each column as wide as its widest cell. */
final class Table {

  private static final String BETWEEN = "  ";

  /**
   * A cell.
   *
   * @param text what is read; its width counts
   * @param shown the same with colours
   */
  record Cell(String text, String shown) {

    static Cell of(String text) {
      return new Cell(text, text);
    }
  }

  private final List<List<Cell>> lines = new ArrayList<>();

  /** Adds a line of plain cells. */
  void add(String... cells) {
    List<Cell> line = new ArrayList<>();
    for (String cell : cells) {
      line.add(Cell.of(cell));
    }
    lines.add(line);
  }

  /** Adds a line. */
  void add(List<Cell> line) {
    lines.add(List.copyOf(line));
  }

  /** All lines, without blanks at their ends. */
  String text() {
    StringBuilder text = new StringBuilder();
    List<Integer> widths = widths();
    for (List<Cell> line : lines) {
      int last = line.size() - 1;
      for (int i = 0; i <= last; i++) {
        text.append(line.get(i).shown());
        if (i < last) {
          text.append(" ".repeat(widths.get(i) - line.get(i).text().length())).append(BETWEEN);
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private List<Integer> widths() {
    List<Integer> widths = new ArrayList<>();
    for (List<Cell> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        int width = line.get(i).text().length();
        if (i == widths.size()) {
          widths.add(width);
        } else if (widths.get(i) < width) {
          widths.set(i, width);
        }
      }
    }
    return widths;
  }
}
