package org.lkipbu.ops.lcd;

import java.util.Map;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.Quoted;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.Tag;
import org.lkipbu.ops.InstanceLock;

/** {@code ins_create}: stores a new instance; the host's network is not touched. */
public final class CreateInstance {

  private final EmbeddedStore store;
  private final InstanceLock lock;
  private final String system;

  /**
   * The operation with its collaborators.
   *
   * @param system the name of this machine
   */
  public CreateInstance(EmbeddedStore store, InstanceLock lock, String system) {
    this.store = store;
    this.lock = lock;
    this.system = system;
  }

  /**
   * What is to be stored.
   *
   * @param strategy how it is switched back ({@code -s}); kept, and without effect on a single host
   */
  public record Request(
      String application,
      String type,
      Initial initial,
      String info,
      String strategy,
      Tag tag,
      String id) {}

  /**
   * Creates the instance.
   *
   * @throws Failure EXISTS when there is one with this tag, ILLEGAL when it is no IP address or a
   *     value is malformed, BUSY when another operation holds the tag, SYSTEM when it cannot be
   *     written
   */
  public void run(Request request) {
    if (!request.application.equals("comm") || !request.type.equals("ip")) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "application "
              + Quoted.of(request.application)
              + ", type "
              + Quoted.of(request.type)
              + " is not kept here",
          "a host without LifeKeeper has instances of -a comm -r ip alone");
    }
    InfoRecord.parse(request.info);
    ResourceInstance instance =
        new ResourceInstance(
            system,
            request.application,
            request.type,
            request.tag,
            request.id,
            request.info,
            request.initial.state(),
            "");
    Map<String, String> further =
        Map.of("initialize", request.initial.name(), "switchback", request.strategy);
    try (InstanceLock.Held held = lock.acquire(request.tag, "ins_create")) {
      store.create(instance, further);
    }
  }
}
