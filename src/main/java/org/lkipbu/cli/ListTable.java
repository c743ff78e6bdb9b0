package org.lkipbu.cli;

import java.util.List;
import org.lkipbu.cli.Table.Cell;
import org.lkipbu.ops.AddressView;

/** {@code --list} for people: one line an instance. */
final class ListTable {

  private final Colours colours;
  private final Table table = new Table();

  ListTable(Colours colours) {
    this.colours = colours;
    table.add("TAG", "ADDRESS", "PRIMARY", "BACKUP", "STATE");
  }

  /** Adds an instance. */
  void add(AddressView it) {
    table.add(
        List.of(
            Cell.of(it.tag().value()),
            Cell.of(it.address().toString()),
            judged(it.primary().value(), it.up(), "up", "down"),
            it.backup().isPresent()
                ? judged(it.backup().get().value(), it.ready(), "ready", "dead")
                : Cell.of("none"),
            Cell.of(it.state().name() + (it.interrupted() ? ", move interrupted" : ""))));
  }

  /** The whole of it. */
  String text() {
    return table.text();
  }

  private Cell judged(String name, boolean good, String yes, String no) {
    String word = good ? yes : no;
    return new Cell(
        name + " " + word, name + " " + (good ? colours.good(word) : colours.bad(word)));
  }
}
