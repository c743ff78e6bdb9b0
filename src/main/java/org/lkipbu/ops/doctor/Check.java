package org.lkipbu.ops.doctor;

import java.util.List;

/** Looks for one kind of thing that would hurt a move. */
@FunctionalInterface
public interface Check {

  /** What is found, of the host and of these instances. */
  List<Finding> look(Facts host, List<Patient> patients);
}
