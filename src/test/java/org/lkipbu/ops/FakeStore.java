package org.lkipbu.ops;

import java.util.function.Consumer;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;

/** A store of one instance. */
final class FakeStore implements InstanceStore {

  ResourceInstance instance;
  boolean full;
  boolean refusesCommit;
  boolean liesAboutCommit;
  Runnable atStep = () -> {};

  FakeStore(String tag, String info, State state) {
    instance = new ResourceInstance("node1", "comm", "ip", new Tag(tag), tag, info, state, "");
  }

  String info() {
    return instance.info();
  }

  @Override
  public ResourceInstance find(Tag tag) {
    if (!instance.tag().equals(tag)) {
      throw new Failure(Failure.Kind.NOT_FOUND, "no instance " + tag, "make it");
    }
    return instance;
  }

  @Override
  public void list(Consumer<ResourceInstance> each, Consumer<Failure> broken) {
    each.accept(instance);
  }

  @Override
  public Pending prepareInfo(Tag tag, String info) {
    find(tag);
    if (full) {
      throw new Failure(Failure.Kind.SYSTEM, "no space left on device", "make room");
    }
    atStep.run();
    return new Pending() {
      @Override
      public void commit() {
        atStep.run();
        if (liesAboutCommit) {
          instance = instance.withInfo(info);
        }
        if (refusesCommit) {
          throw new Failure(Failure.Kind.SYSTEM, "the store refuses", "see why");
        }
        instance = instance.withInfo(info);
        atStep.run();
      }

      @Override
      public void close() {}
    };
  }
}
