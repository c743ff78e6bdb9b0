package org.lkipbu.instance;

import java.util.function.Consumer;
import org.lkipbu.host.Failure;

/** Where resource instances live: LifeKeeper's database, or the files of the standalone home. */
public interface InstanceStore {

  /**
   * Reads one instance. Takes no lock and never sees a half-made change.
   *
   * @throws Failure NOT_FOUND when there is no such instance, ILLEGAL when what is stored cannot be
   *     read, SYSTEM when the store cannot be reached
   */
  ResourceInstance find(Tag tag);

  /**
   * Hands over every instance that the store has, one at a time; of a LifeKeeper server those of IP
   * addresses. Takes no lock. One that is removed meanwhile is left out.
   *
   * @param each gets an instance; it must not throw
   * @param broken gets the failure of one that cannot be read; the others follow nevertheless
   * @throws Failure SYSTEM when the store cannot be reached
   */
  void list(Consumer<ResourceInstance> each, Consumer<Failure> broken);

  /**
   * Makes a new Information field ready beside the old one, so that {@link Pending#commit} cannot
   * fail for want of space; nothing that a reader sees changes yet.
   *
   * @throws Failure SYSTEM when it cannot be written; nothing has changed then
   */
  Pending prepareInfo(Tag tag, String info);

  /** A new Information field that is not visible yet. Closing without a commit forgets it. */
  interface Pending extends AutoCloseable {

    /**
     * Makes it the instance's Information field, durably and in one step.
     *
     * @throws Failure when the store refuses; the old one stands then
     */
    void commit();

    @Override
    void close();
  }
}
