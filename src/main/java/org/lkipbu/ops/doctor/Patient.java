package org.lkipbu.ops.doctor;

import java.util.List;
import java.util.Optional;
import org.lkipbu.net.ProtectedAddress;

/**
 * An instance that is examined.
 *
 * @param tag its name
 * @param address its address
 * @param primary its primary interface
 * @param backup its backup interface, if there is one
 * @param inService whether its address is in service
 * @param pingList the file of its ping list
 * @param listed whether that names anybody
 */
public record Patient(
    String tag,
    ProtectedAddress address,
    String primary,
    Optional<String> backup,
    boolean inService,
    String pingList,
    boolean listed) {

  /** Its interfaces, the primary first. */
  List<String> interfaces() {
    return backup.isPresent() ? List.of(primary, backup.get()) : List.of(primary);
  }
}
