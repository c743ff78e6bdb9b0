package org.lkipbu.instance;

/**
 * A resource instance as {@code ins_list} shows it.
 *
 * @param system the server that the instance is on
 * @param application {@code comm} for an address
 * @param type {@code ip} for an address
 * @param tag its name
 * @param id its identifier within the type
 * @param info the Information field, exactly as stored; {@link InfoRecord#parse} reads it
 * @param state its state
 * @param reason why it is in that state; may be empty
 */
public record ResourceInstance(
    String system,
    String application,
    String type,
    Tag tag,
    String id,
    String info,
    State state,
    String reason) {

  /** The same instance with another Information field. */
  public ResourceInstance withInfo(String newInfo) {
    return new ResourceInstance(system, application, type, tag, id, newInfo, state, reason);
  }

  /** The same instance in another state. */
  public ResourceInstance withState(State newState, String newReason) {
    return new ResourceInstance(system, application, type, tag, id, info, newState, newReason);
  }
}
