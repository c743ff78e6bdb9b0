package org.lkipbu.ops.doctor;

import java.util.List;

/** What a check may ask of the host; nothing of it changes anything. */
public interface Facts {

  /** Whether a program is where programs are looked for. */
  boolean hasProgram(String name);

  /**
   * What a program prints, on stdout and then on stderr; empty when it is not there or takes too
   * long.
   */
  String output(String... argv);

  /** The text of a file; empty when it cannot be read. */
  String read(String file);

  /** The names in a folder, sorted; none when it cannot be read. */
  List<String> names(String folder);

  /** Whether an interface is there and has link. */
  boolean hasLink(String interfaceName);

  /** The largest packet that an interface takes, in bytes; 0 when that cannot be known. */
  int mtu(String interfaceName);
}
