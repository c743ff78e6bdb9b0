package org.lkipbu.ops;

import org.lkipbu.host.Failure;
import org.lkipbu.instance.InfoRecord;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.ProtectedAddress;

/**
 * A resource instance that protects an address.
 *
 * @param instance the instance as stored
 * @param info its Information field, read
 */
record ProtectedInstance(ResourceInstance instance, InfoRecord info) {

  /**
   * Reads one.
   *
   * @throws Failure NOT_FOUND when there is no such instance, ILLEGAL when it is not an IP address
   *     resource or its Information field cannot be read, SYSTEM when the store cannot be reached
   */
  static ProtectedInstance find(InstanceStore store, Tag tag) {
    ResourceInstance instance = store.find(tag);
    if (!instance.application().equals("comm") || !instance.type().equals("ip")) {
      throw new Failure(
          Failure.Kind.ILLEGAL,
          "instance " + tag + " is not an IP address",
          "name an instance of application comm and type ip");
    }
    return new ProtectedInstance(instance, InfoRecord.parse(instance.info()));
  }

  boolean inService() {
    return instance.state().inService();
  }

  ProtectedAddress address() {
    return new ProtectedAddress(info.address(), info.prefix());
  }
}
