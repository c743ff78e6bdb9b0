package org.lkipbu.net;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lkipbu.host.Command;
import org.lkipbu.host.CommandResult;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.Tag;

/**
 * An ipaction that the settings name in place of lkipbu's own. It knows only remove and restore, so
 * a move calls it twice, and once more to put the address back when the restore fails.
 *
 * <p>LifeKeeper's vendor publishes no argument list for its ipaction, so the arguments are a
 * template: words separated by spaces, in which <code>{operation}</code>, <code>{address}</code>,
 * <code>{prefix}</code>, <code>{interface}</code> and <code>{tag}</code> stand for the values. The
 * template is split before it is filled in, so a value is never more than one word.
 */
public final class NamedIpAction implements IpAction {

  /** The arguments that the program gets where the settings give none. */
  public static final String DEFAULT_ARGUMENTS = "{operation} {address}/{prefix} {interface}";

  private final CommandRunner runner;
  private final String program;
  private final List<String> words;
  private final Tag tag;
  private final Map<String, String> environment;
  private final Duration limit;
  private final Interfaces interfaces;

  /**
   * @param runner runs the program
   * @param program its absolute path
   * @param template its arguments
   * @param tag the instance that it is called for
   * @param environment the settings that it gets
   * @param limit how long one call may take
   * @param interfaces tells where the address is after a call that failed
   * @throws Failure ILLEGAL when anybody but root could have written the program
   */
  public NamedIpAction(
      CommandRunner runner,
      Path program,
      String template,
      Tag tag,
      Map<String, String> environment,
      Duration limit,
      Interfaces interfaces) {
    this.runner = runner;
    this.program = TrustedProgram.checked(program).toString();
    this.words = words(template);
    this.tag = tag;
    this.environment = Map.copyOf(environment);
    this.limit = limit;
    this.interfaces = interfaces;
  }

  @Override
  public void restore(ProtectedAddress address, InterfaceName on) {
    call("restore", address, on, address.host() + " could not be put on " + on);
  }

  @Override
  public void remove(ProtectedAddress address, InterfaceName from) {
    call("remove", address, from, address.host() + " could not be taken from " + from);
  }

  @Override
  public void move(ProtectedAddress address, InterfaceName from, InterfaceName to) {
    try {
      remove(address, from);
      restore(address, to);
    } catch (Failure failure) {
      String what = address.host() + " could not be moved from " + from + " to " + to;
      throw new MoveAftermath(this, interfaces).settle(address, from, to, what, failure);
    }
  }

  private void call(
      String operation, ProtectedAddress address, InterfaceName on, String whatFailed) {
    List<String> argv = new ArrayList<>();
    argv.add(program);
    for (String word : words) {
      argv.add(
          word.replace("{operation}", operation)
              .replace("{address}", address.host())
              .replace("{prefix}", Integer.toString(address.prefix()))
              .replace("{interface}", on.value())
              .replace("{tag}", tag.value()));
    }
    CommandResult result = runner.run(new Command(argv, limit, environment));
    if (!result.ok()) {
      throw new Failure(
          Failure.Kind.SYSTEM,
          whatFailed + ": " + program + " says: " + IpActionReason.of(result),
          "see LKIPBU_IPACTION and LKIPBU_IPACTION_ARGS in the settings");
    }
  }

  private static List<String> words(String template) {
    List<String> words = new ArrayList<>();
    for (String word : template.split(" ")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return List.copyOf(words);
  }
}
