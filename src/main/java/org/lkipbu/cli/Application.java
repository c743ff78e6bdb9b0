package org.lkipbu.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.lkipbu.host.Boot;
import org.lkipbu.host.Caller;
import org.lkipbu.host.CommandRunner;
import org.lkipbu.host.Deadline;
import org.lkipbu.host.Failure;
import org.lkipbu.host.Folders;
import org.lkipbu.host.ProcessCommandRunner;
import org.lkipbu.host.Settings;
import org.lkipbu.host.SystemLog;
import org.lkipbu.host.TimedCommandRunner;
import org.lkipbu.instance.EmbeddedStore;
import org.lkipbu.instance.InstanceStore;
import org.lkipbu.instance.StoreChooser;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Interfaces;
import org.lkipbu.net.IpAction;
import org.lkipbu.net.IpActionBatches;
import org.lkipbu.net.LentSysctls;
import org.lkipbu.net.LiveVerifier;
import org.lkipbu.net.NamedIpAction;
import org.lkipbu.net.NeighbourMemory;
import org.lkipbu.net.PingList;
import org.lkipbu.net.PingSettings;
import org.lkipbu.net.Preflight;
import org.lkipbu.net.ProbePreflight;
import org.lkipbu.net.Pulse;
import org.lkipbu.net.ScriptIpAction;
import org.lkipbu.net.Verifier;
import org.lkipbu.net.VrfCheck;
import org.lkipbu.ops.AddBackup;
import org.lkipbu.ops.BackupMove;
import org.lkipbu.ops.CheckHealth;
import org.lkipbu.ops.CriticalSection;
import org.lkipbu.ops.InstanceLock;
import org.lkipbu.ops.LastMoves;
import org.lkipbu.ops.MoveJournal;
import org.lkipbu.ops.MoveToBackup;
import org.lkipbu.ops.Recover;
import org.lkipbu.ops.Relocation;
import org.lkipbu.ops.RemoveBackup;
import org.lkipbu.ops.Repair;
import org.lkipbu.ops.RepairMoves;
import org.lkipbu.ops.ShowStatus;
import org.lkipbu.ops.Verification;
import org.lkipbu.watch.Tools;

/**
 * Joins the parts of the program for one run. Each part is made when it is asked for, so that
 * looking loads nothing of what changing needs. Closing it lets a signal that came meanwhile end
 * the process.
 */
public final class Application implements AutoCloseable {

  /** How long a signal is held back while a move is completed or undone. */
  private static final Duration SIGNAL_BOUND = Duration.ofSeconds(20);

  /** How long one call of ipaction may take, its look for another holder included. */
  private static final int IPACTION_SECONDS = 15;

  /** Within what time a local recovery ends; LifeKeeper waits for it. */
  private static final Duration RECOVERY = Duration.ofSeconds(25);

  /** What of a time limit is kept for the start of the program and for undoing what was begun. */
  private static final Duration RECOVERY_RESERVE = Duration.ofSeconds(5);

  private static final Duration CHECK_RESERVE = Duration.ofMillis(700);

  /** The most that one program, and one verification, may take of a recovery. */
  private static final Duration RECOVERY_STEP = Duration.ofSeconds(4);

  private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(3);

  /** Whoever holds the instance may be recovering it; after that time a move still fits in. */
  private static final Duration RECOVERY_LOCK_WAIT = Duration.ofSeconds(11);

  private final Map<String, String> environment;
  private final Around around;
  private final Folders folders;
  private final Settings settings;
  private final Interfaces interfaces;
  private final Duration patience;
  private CommandRunner runner;
  private InstanceStore store;
  private InstanceLock lock;
  private Verifier verifier;
  private CriticalSection section;

  /**
   * The program as an environment wants it.
   *
   * @throws Failure ILLEGAL when the environment is wrong
   */
  public Application(Map<String, String> environment) {
    this(environment, Around.NOTHING, new Interfaces());
  }

  /**
   * The same with something around the parts that touch the network.
   *
   * @throws Failure ILLEGAL when the environment is wrong
   */
  Application(Map<String, String> environment, Around around, Interfaces interfaces) {
    this.environment = environment;
    this.around = around;
    this.interfaces = interfaces;
    this.folders = Folders.of(environment);
    this.settings = Settings.of(environment, folders);
    this.patience = null;
  }

  /** The same program with less time. */
  private Application(Application whole, CommandRunner runner, Duration patience) {
    this.environment = whole.environment;
    this.around = whole.around;
    this.interfaces = whole.interfaces;
    this.folders = whole.folders;
    this.settings = whole.settings;
    this.runner = runner;
    this.lock = whole.lock();
    this.section = whole.section();
    this.patience = patience;
  }

  /** The variables of this run. */
  Map<String, String> environment() {
    return environment;
  }

  /** Where things are kept. */
  public Folders folders() {
    return folders;
  }

  /** What the administrator chose. */
  public Settings settings() {
    return settings;
  }

  /** What the kernel says of interfaces. */
  public Interfaces interfaces() {
    return interfaces;
  }

  /** Runs programs. */
  public CommandRunner runner() {
    if (runner == null) {
      runner = new ProcessCommandRunner();
    }
    return runner;
  }

  /** Where the instances are. */
  public InstanceStore store() {
    if (store == null) {
      store = new StoreChooser(settings, folders, runner()).choose();
    }
    return store;
  }

  /**
   * The store of a host without LifeKeeper, in which instances can be made and forgotten.
   *
   * @throws Failure ILLEGAL on a LifeKeeper server
   */
  public EmbeddedStore embeddedStore() {
    if (store() instanceof EmbeddedStore embedded) {
      return embedded;
    }
    throw new Failure(
        Failure.Kind.ILLEGAL,
        "this is a LifeKeeper server, whose instances are LifeKeeper's own",
        "create and remove them with LifeKeeper, then name a backup with -a");
  }

  /** The host's log; on a LifeKeeper server, lines are LifeKeeper's where nothing else is set. */
  public SystemLog systemLog() {
    String usualTag = store() instanceof EmbeddedStore ? "lkipbu" : "LifeKeeper";
    return new SystemLog(settings, around.programs(), usualTag);
  }

  /** The locks of the instances. */
  public InstanceLock lock() {
    if (lock == null) {
      // Whoever may write there could put another folder of locks in the place of ours.
      Caller.requireTrusted(folders.run(), "the folder");
      lock = new InstanceLock(folders.run().resolve("locks"), settings.lockWait());
    }
    return lock;
  }

  /**
   * The program that puts an instance's address on interfaces: our own, or the one that the
   * settings name.
   *
   * @throws Failure ILLEGAL when the one that they name is not to be trusted
   */
  public IpAction ipAction(Tag tag) {
    return around.ipAction(plainIpAction(tag));
  }

  private IpAction plainIpAction(Tag tag) {
    CommandRunner actions = around.ipActionRunner(runner());
    Duration limit = ipActionLimit();
    String named = settings.text("LKIPBU_IPACTION", "");
    if (named.isEmpty()) {
      return new ScriptIpAction(actions, home(), ipActionEnvironment(), limit, interfaces);
    }
    return new NamedIpAction(
        actions,
        Path.of(named),
        settings.text("LKIPBU_IPACTION_ARGS", NamedIpAction.DEFAULT_ARGUMENTS),
        tag,
        ipActionEnvironment(),
        limit,
        interfaces);
  }

  private Duration ipActionLimit() {
    return settings.seconds("LKIPBU_IPACTION_TIMEOUT", IPACTION_SECONDS, 1, 600);
  }

  private static Path home() {
    return Path.of(System.getProperty("lkipbu.home", "/usr/lib/lkipbu"));
  }

  /** The operation {@code -s}. */
  public ShowStatus showStatus() {
    return new ShowStatus(store(), interfaces, journal());
  }

  /** The operation {@code -a}. */
  public AddBackup addBackup(Tag tag) {
    return new AddBackup(
        store(), interfaces, verifier(), VrfCheck.of(runner()), ipAction(tag), lock(), repair(tag));
  }

  /** The operation {@code -r}. */
  public RemoveBackup removeBackup(Tag tag) {
    return new RemoveBackup(store(), lock(), repair(tag));
  }

  /** The operation {@code --repair}. */
  public RepairMoves repairMoves() {
    return new RepairMoves(store(), lock(), journal(), this::repair, this::giveBackSysctls);
  }

  private void giveBackSysctls() {
    new LentSysctls(runner(), home(), folders.run(), ipActionEnvironment(), ipActionLimit())
        .giveBack();
  }

  /** What every change of an instance does first, under its lock. */
  public Repair repair(Tag tag) {
    return new Repair(
        store(), ipAction(tag), interfaces, verifier(), journal(), section(), verification());
  }

  /** The operation {@code -m}. */
  public MoveToBackup moveToBackup(Tag tag) {
    return new MoveToBackup(store(), verifier(), lock(), repair(tag), backupMove(tag));
  }

  private BackupMove backupMove(Tag tag) {
    Relocation relocation =
        new Relocation(store(), ipAction(tag), interfaces, journal(), section(), verification());
    return new BackupMove(preflight(), relocation);
  }

  /**
   * The operation {@code --check}, which ends within IP_QUICKCHECK_TIMEOUT of now, the wait for the
   * instance's lock included: made anew for each check.
   */
  public CheckHealth checkHealth(Tag tag) {
    Duration whole = settings.quickCheckTimeout();
    Duration half = whole.dividedBy(2);
    Duration limit = whole.minus(CHECK_RESERVE);
    limit = limit.compareTo(half) < 0 ? half : limit;
    Duration share = limit.multipliedBy(2).dividedBy(5);
    Deadline deadline = Deadline.in(limit);
    Duration least = Duration.ofMillis(100);
    Application timed =
        new Application(this, new TimedCommandRunner(runner(), deadline, limit, least), share);
    return new CheckHealth(
        timed.store(),
        interfaces,
        timed.ipAction(tag),
        timed.verifier(),
        journal(),
        lock(),
        share,
        !settings.noLinkCheck());
  }

  /**
   * The operation {@code --recover}, which ends within 25 seconds of now, the wait for the
   * instance's lock included: made anew for each recovery.
   */
  public Recover recover(Tag tag) {
    Deadline deadline = Deadline.in(RECOVERY.minus(RECOVERY_RESERVE));
    CommandRunner hurried =
        new TimedCommandRunner(runner(), deadline, RECOVERY_STEP, Duration.ofSeconds(1));
    Application timed = new Application(this, hurried, RECOVERY_PATIENCE);
    return new Recover(
        timed.store(),
        timed.ipAction(tag),
        timed.verifier(),
        lock(),
        timed.repair(tag),
        timed.verification(),
        timed.backupMove(tag),
        deadline,
        RECOVERY_LOCK_WAIT,
        !settings.noLinkCheck());
  }

  /**
   * What the operation {@code --watch} works with.
   *
   * @throws Failure ILLEGAL on a LifeKeeper server
   */
  public Tools watchTools() {
    runner = new IpActionBatches(runner(), home());
    PingList lists = pingLists();
    boolean strict = settings.flag("LKIPBU_STRICT_BCASTPING") || settings.noBroadcastPing();
    return new Tools(
        embeddedStore(),
        folders,
        interfaces,
        runner(),
        verifier(),
        preflight(),
        tag -> strict || !lists.of(tag).isEmpty(),
        new Pulse(runner(), home(), settings.pingTime()),
        this::ipAction,
        lock(),
        journal(),
        !settings.noLinkCheck());
  }

  /** A variable of the environment that is not a setting of ours; null where it is not set. */
  String environment(String name) {
    return environment.get(name);
  }

  private Verification verification() {
    return new Verification(verifier(), section());
  }

  /** Shows that addresses are reachable. */
  public Verifier verifier() {
    if (verifier == null) {
      PingSettings pings =
          new PingSettings(
              settings.pingTries(),
              settings.pingTime(),
              settings.noBroadcastPing(),
              settings.flag("LKIPBU_STRICT_BCASTPING"));
      pings = patience == null ? pings : pings.within(patience);
      NeighbourMemory memory = new NeighbourMemory(folders.run());
      verifier = around.verifier(new LiveVerifier(runner(), pings, pingLists(), memory));
    }
    return verifier;
  }

  private Preflight preflight() {
    return around.preflight(
        new ProbePreflight(
            runner(), pingLists(), settings.noLinkCheck(), settings.noUniqueCheck()));
  }

  /** The ping lists. */
  PingList pingLists() {
    return new PingList(folders.config());
  }

  /** When and why addresses moved last. */
  LastMoves lastMoves() {
    return new LastMoves(folders.state());
  }

  /** The moves that have begun and not ended. */
  MoveJournal journal() {
    return new MoveJournal(folders.state().resolve("journal"));
  }

  private CriticalSection section() {
    if (section == null) {
      section = new CriticalSection(SIGNAL_BOUND);
    }
    return section;
  }

  /** The variables of ours, and the settings that ipaction knows, wherever they were set. */
  private Map<String, String> ipActionEnvironment() {
    Map<String, String> variables = new HashMap<>();
    for (Map.Entry<String, String> one : environment.entrySet()) {
      if (one.getKey().startsWith("LKIPBU_")) {
        variables.put(one.getKey(), one.getValue());
      }
    }
    variables.put("LKIPBU_STATE_DIR", folders.state().toString());
    variables.put("LKIPBU_RUN_DIR", folders.run().toString());
    variables.put("LKIPBU_CONFIG_DIR", folders.config().toString());
    variables.put("NOIPUNIQUE", settings.noUniqueCheck() ? "1" : "0");
    // Its wait for its lock ends in time to say who holds it.
    long wait = Math.min(settings.lockWait().toSeconds(), ipActionLimit().toSeconds() * 2 / 3);
    wait = patience == null ? wait : Math.min(wait, Math.max(1, patience.toSeconds()));
    variables.put("LKIPBU_LOCK_WAIT", Long.toString(wait));
    // What it is asked for counts only as long as this process, which holds the instance, lives.
    variables.put("LKIPBU_CALLER", new Boot(Path.of("/proc")).process("self"));
    return variables;
  }

  @Override
  public void close() {
    if (section != null) {
      section.close();
    }
  }
}
