package org.lkipbu.watch;

import java.util.function.Function;
import java.util.function.Predicate;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Folders;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.Pulse;
import org.lkipbu.net.Verifier;
import org.lkipbu.ops.InstanceLock;
import org.lkipbu.ops.MoveJournal;

/**
 * What the watcher works with, the same that the command does.
 *
 * @param store where the instances are
 * @param folders where everything else is
 * @param interfaces what the kernel says of interfaces
 * @param runner runs programs
 * @param verifier shows that addresses are reachable
 * @param preflight probes backups
 * @param asksForItself the instances whose own settings say whom to ask, so that no answer is
 *     shared
 * @param pulse shows in the cheapest way that addresses still answer
 * @param ipActions puts an instance's address on interfaces
 * @param lock one operation an instance at a time
 * @param journal the moves that have begun and not ended
 * @param linkCounts whether an interface without link is dead (IP_NOLINKCHECK is off)
 */
public record Tools(
    EmbeddedStore store,
    Folders folders,
    Interfaces interfaces,
    CommandRunner runner,
    Verifier verifier,
    Preflight preflight,
    Predicate<Tag> asksForItself,
    Pulse pulse,
    Function<Tag, IpAction> ipActions,
    InstanceLock lock,
    MoveJournal journal,
    boolean linkCounts) {}
