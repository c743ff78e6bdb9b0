package org.lkipbu.cli.lcd;

import java.io.PrintStream;
import org.lkipbu.cli.ErrorLine;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;

/** {@code ins_setstate}. Without dependencies {@code -A} means the instance alone. */
final class InsSetState implements Verb {

  /** The states that can be set; OSF is for a restore that failed (LCDI-instances(1M)). */
  private static final State[] SETTABLE = {State.ISP, State.ISU, State.OSU};

  @Override
  public Syntax syntax() {
    return new Syntax(
        "ins_setstate",
        "d:t:S:R:A",
        "tS",
        "[-d destsys] -t tag -S {ISP|ISU|OSU} [-R reason] [-A]",
        false);
  }

  @Override
  public int run(Given given, Home home, PrintStream out, ErrorLine errors) {
    String state = given.required('S');
    Tag tag = given.tag();
    home.setState().run(tag, Given.word('S', state, SETTABLE), given.optional('R').orElse(""));
    return 0;
  }
}
