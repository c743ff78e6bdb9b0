package org.lkipbu.ops.lcd;

import java.util.Optional;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.ResourceInstance;
import org.lkipbu.instance.Tag;

/**
 * Which instances a command means; a condition that is empty is met by all.
 *
 * @param top the root of a hierarchy; without dependencies that is the instance alone
 * @param application its application
 * @param type its resource type
 * @param tag its tag
 * @param id its identifier
 */
public record Selection(
    Optional<Tag> top,
    Optional<String> application,
    Optional<String> type,
    Optional<Tag> tag,
    Optional<String> id) {

  /**
   * The one tag that all of it comes down to, so that only one file need be read.
   *
   * @throws Failure NOT_FOUND when two different tags are asked for at once
   */
  Optional<Tag> only() {
    if (tag.isPresent() && top.isPresent() && !tag.equals(top)) {
      throw new Failure(
          Failure.Kind.NOT_FOUND,
          "instance " + tag.get() + " is not below " + top.get(),
          "leave out -R or -t");
    }
    return tag.isPresent() ? tag : top;
  }

  /** Whether an instance meets every condition. */
  boolean matches(ResourceInstance instance) {
    return (top.isEmpty() || top.get().equals(instance.tag()))
        && (application.isEmpty() || application.get().equals(instance.application()))
        && (type.isEmpty() || type.get().equals(instance.type()))
        && (tag.isEmpty() || tag.get().equals(instance.tag()))
        && (id.isEmpty() || id.get().equals(instance.id()));
  }
}
