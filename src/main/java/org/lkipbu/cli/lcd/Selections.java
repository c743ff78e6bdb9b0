package org.lkipbu.cli.lcd;

import org.lkipbu.instance.Tag;
import org.lkipbu.ops.lcd.Selection;

/** Reads the options that select instances: {@code -R -a -r -t -i}. */
final class Selections {

  private Selections() {}

  /**
   * The selection of a command line.
   *
   * @throws org.lkipbu.host.Failure ILLEGAL when a tag is malformed
   */
  static Selection of(Given given) {
    return new Selection(
        given.optional('R').map(Tag::new),
        given.optional('a'),
        given.optional('r'),
        given.optional('t').map(Tag::new),
        given.optional('i'));
  }
}
