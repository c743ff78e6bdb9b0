package org.lkipbu.cli;

import java.io.PrintStream;
import java.util.function.Supplier;
import org.lkipbu.host.PlainText;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.Proof;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.net.Surroundings;
import org.lkipbu.net.Verifier;

/** Tells somebody at a terminal what is going on while it goes on, and how long it took. */
final class Progress implements Around {

  private final PrintStream err;
  private final Colours colours;

  /** Tells it on a stream. */
  Progress(PrintStream err, Colours colours) {
    this.err = err;
    this.colours = colours;
  }

  @Override
  public IpAction ipAction(IpAction action) {
    return new IpAction() {
      @Override
      public void restore(ProtectedAddress address, InterfaceName on) {
        step("restoring " + address.host() + " on " + on, () -> action.restore(address, on));
      }

      @Override
      public void remove(ProtectedAddress address, InterfaceName from) {
        step("removing " + address.host() + " from " + from, () -> action.remove(address, from));
      }

      @Override
      public void move(ProtectedAddress address, InterfaceName from, InterfaceName to) {
        step(
            "removing " + address.host() + " from " + from + ", restoring it on " + to,
            () -> action.move(address, from, to));
      }

      @Override
      public String refresh(ProtectedAddress address, InterfaceName on) {
        return action.refresh(address, on);
      }

      @Override
      public void announce(ProtectedAddress address, InterfaceName on) {
        action.announce(address, on);
      }
    };
  }

  @Override
  public Verifier verifier(Verifier verifier) {
    return new Verifier() {
      @Override
      public Surroundings observe(ProtectedAddress address, InterfaceName primary) {
        return verifier.observe(address, primary);
      }

      @Override
      public Proof verify(
          Tag tag, ProtectedAddress address, InterfaceName on, Surroundings before) {
        return step(
            "verifying " + address.host() + " on " + on,
            () -> verifier.verify(tag, address, on, before));
      }
    };
  }

  @Override
  public Preflight preflight(Preflight preflight) {
    return (tag, address, primary, backup, before) ->
        step(
            "looking whether " + backup + " can take " + address.host(),
            () -> preflight.check(tag, address, primary, backup, before));
  }

  private void step(String what, Runnable work) {
    step(
        what,
        () -> {
          work.run();
          return null;
        });
  }

  private <T> T step(String what, Supplier<T> work) {
    err.print("lkipbu: " + PlainText.of(what) + " ... ");
    err.flush();
    long start = System.nanoTime();
    boolean done = false;
    try {
      T result = work.get();
      done = true;
      return result;
    } finally {
      String took = (System.nanoTime() - start) / 1_000_000 + " ms";
      err.println(done ? colours.good(took) : colours.bad("failed") + " after " + took);
    }
  }
}
