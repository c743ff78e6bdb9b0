package org.lkipbu.ops;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.Proof;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Surroundings;
import org.lkipbu.net.Verifier;
import org.lkipbu.net.VrfCheck;

/** A host with one address, whose interfaces can be broken one way or another. */
final class FakeHost extends Interfaces implements IpAction, Verifier, Preflight, VrfCheck {

  final Set<String> present = new HashSet<>(Set.of("eth0", "eth1", "lo"));
  final Set<String> linked = new HashSet<>(Set.of("eth0", "eth1", "lo"));
  final Set<String> answering = new HashSet<>(Set.of("eth0", "eth1"));
  final Set<String> refusing = new HashSet<>();
  final Set<String> inVrf = new HashSet<>();
  final Set<String> holding = new HashSet<>();
  final List<String> done = new ArrayList<>();
  final List<String> recorded = new ArrayList<>();
  String holder;
  boolean linkCounts = true;
  Runnable atMove = () -> {};
  Runnable atRestore = () -> {};
  Runnable atVerify = () -> {};
  Runnable atStep = () -> {};

  @Override
  public Interfaces ahead() {
    return this;
  }

  @Override
  public boolean exists(InterfaceName name) {
    return present.contains(name.value());
  }

  @Override
  public boolean hasLink(InterfaceName name) {
    return linked.contains(name.value());
  }

  @Override
  public int mtu(InterfaceName name) {
    return name.value().equals("eth1") ? 1400 : 1500;
  }

  @Override
  public boolean isLoopback(InterfaceName name) {
    return name.value().equals("lo");
  }

  @Override
  public boolean has(ProtectedAddress address, InterfaceName name) {
    return holding.contains(name.value());
  }

  @Override
  public Optional<InterfaceName> holder(InetAddress address) {
    return Optional.ofNullable(holder).map(InterfaceName::new);
  }

  @Override
  public void restore(ProtectedAddress address, InterfaceName on) {
    atStep.run();
    done.add("restore " + on);
    atRestore.run();
    if (refusing.contains(on.value())) {
      throw new Failure(Failure.Kind.SYSTEM, "cannot restore on " + on, "mend it");
    }
    holding.add(on.value());
    atStep.run();
  }

  @Override
  public void remove(ProtectedAddress address, InterfaceName from) {
    atStep.run();
    done.add("remove " + from);
    holding.remove(from.value());
    atStep.run();
  }

  @Override
  public void move(ProtectedAddress address, InterfaceName from, InterfaceName to) {
    atStep.run();
    done.add("move " + from + " " + to);
    atMove.run();
    if (refusing.contains(to.value()) && refusing.contains(from.value())) {
      holding.remove(from.value());
      throw new Failure(Failure.Kind.ADDRESS_LOST, "it is nowhere", "mend it");
    }
    if (refusing.contains(to.value())) {
      throw new Failure(Failure.Kind.MOVE_FAILED, "the kernel refused", "mend it");
    }
    holding.remove(from.value());
    atStep.run();
    holding.add(to.value());
    atStep.run();
  }

  @Override
  public String refresh(ProtectedAddress address, InterfaceName on) {
    recorded.add("routes on " + on);
    if (refusing.contains(on.value())) {
      throw new Failure(Failure.Kind.SYSTEM, "rules are missing", "mend it");
    }
    return "";
  }

  @Override
  public Surroundings observe(ProtectedAddress address, InterfaceName primary) {
    return new Surroundings(List.of(), hasLink(primary));
  }

  @Override
  public Proof verify(Tag tag, ProtectedAddress address, InterfaceName on, Surroundings before) {
    atStep.run();
    done.add("verify " + on);
    atVerify.run();
    if (!answering.contains(on.value())) {
      throw new Failure(Failure.Kind.UNHEALTHY, "nobody answers", "look at the cable");
    }
    return new Proof(Proof.Kind.BROADCAST, "10.0.0.2", Duration.ofMillis(3));
  }

  @Override
  public void check(
      Tag tag,
      ProtectedAddress address,
      InterfaceName primary,
      InterfaceName backup,
      Surroundings before) {
    if (!exists(backup) || linkCounts && !hasLink(backup)) {
      throw new Failure(Failure.Kind.MOVE_FAILED, "the backup does not work", "mend it");
    }
    done.add("preflight " + backup);
  }

  @Override
  public void requireOutside(List<InterfaceName> names) {
    for (InterfaceName name : names) {
      if (inVrf.contains(name.value())) {
        throw new Failure(Failure.Kind.ILLEGAL, "it belongs to a VRF", "use another");
      }
    }
  }
}
