package org.lkipbu.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.lkipbu.cli.Table.Cell;
import org.lkipbu.ops.AddressView;
import org.lkipbu.ops.LastMoves;
import org.lkipbu.ops.LastMoves.LastMove;

/** {@code --list} for people: one line an instance. */
final class ListTable {

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final Colours colours;
  private final Table table = new Table();

  ListTable(Colours colours) {
    this.colours = colours;
    table.add("TAG", "ADDRESS", "PRIMARY", "BACKUP", "STATE", "LAST MOVE");
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
            Cell.of(it.state().name() + (it.interrupted() ? ", move interrupted" : "")),
            Cell.of(it.lastMove().isPresent() ? lastMove(it.lastMove().get()) : "-")));
  }

  /** The whole of it. */
  String text() {
    return table.text();
  }

  /** In this host's time: when, from where to where, and by whom unless an administrator. */
  private static String lastMove(LastMove move) {
    String when = WHEN.format(Instant.ofEpochMilli(move.atMillis()).atZone(ZoneId.systemDefault()));
    boolean wanted = move.asked() == LastMoves.Asked.ADMINISTRATOR;
    return when
        + " "
        + move.from()
        + " -> "
        + move.to()
        + (wanted ? "" : ", " + move.asked().name().toLowerCase(Locale.ROOT));
  }

  private Cell judged(String name, boolean good, String yes, String no) {
    String word = good ? yes : no;
    return new Cell(
        name + " " + word, name + " " + (good ? colours.good(word) : colours.bad(word)));
  }
}
