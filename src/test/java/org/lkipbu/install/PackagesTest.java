package org.lkipbu.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lkipbu.host.CommandResult;
import org.lkipbu.lab.LabPlan;
import org.lkipbu.lab.NetLab;
import org.lkipbu.lab.Situation.Family;

/**
 * The packages that {@code mvn -Ppackages package} made, installed, used and removed in a fresh
 * Debian 12.
 */
@Tag("long")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PackagesTest {

  private static final Path PACKAGES = Path.of("target/packages");
  private static final String STATE = "/var/lib/lkipbu/instances/ip-10.0.0.50";
  private static final String SETTINGS = "/etc/lkipbu/lkipbu.conf";

  private static DebianRoot debian;
  private static Path deb;
  private static Path rpm;

  @BeforeAll
  static void a_fresh_debian() throws IOException {
    deb = one(".deb");
    rpm = one(".rpm");
    debian = new DebianRoot();
    debian.copy(deb, "lkipbu.deb");
  }

  @AfterAll
  static void remove_it() {
    if (debian != null) {
      debian.close();
    }
  }

  @Test
  void the_deb_installs_works_upgrades_and_goes() throws IOException {
    debian.ok("apt-get", "-q", "update");
    install();
    assertThat(debian.ok("dpkg", "--verify", "lkipbu")).isEmpty();
    assertThat(debian.ok("lkipbu", "--version")).startsWith("lkipbu ");
    assertThat(archiveIsThere()).isTrue();
    use();

    debian.ok("/usr/lib/lkipbu/archive", "--remove");
    debian.ok("dpkg-trigger", "--by-package=lkipbu", "--no-await", "/usr/lib/jvm");
    debian.ok("dpkg", "--triggers-only", "lkipbu");
    assertThat(archiveIsThere()).as("archive after an upgrade of Java").isTrue();

    Files.writeString(debian.path(SETTINGS), "IP_PINGTRIES=4\n", StandardOpenOption.APPEND);
    debian.ok("apt-get", "-q", "-y", "install", "--reinstall", "/root/lkipbu.deb");
    assertThat(debian.path(STATE)).as("instance after an upgrade").exists();
    assertThat(debian.path(SETTINGS)).content().contains("IP_PINGTRIES=4");

    debian.ok("apt-get", "-q", "-y", "remove", "lkipbu");
    assertThat(debian.path("/usr/lib/lkipbu")).doesNotExist();
    assertThat(Files.isSymbolicLink(debian.path("/usr/sbin/lkipbu"))).isFalse();
    assertThat(debian.path(STATE)).as("instance after a removal").exists();
    assertThat(debian.path(SETTINGS)).exists();

    String said = debian.ok("dpkg", "--purge", "lkipbu");
    assertThat(said).contains("/var/lib/lkipbu");
    assertThat(debian.path(SETTINGS)).doesNotExist();
    assertThat(debian.path(STATE)).as("instance after a purge").exists();

    install();
    debian.ok("env", "LKIPBU_PURGE_STATE=1", "apt-get", "-q", "-y", "purge", "lkipbu");
    assertThat(debian.path("/var/lib/lkipbu")).doesNotExist();
    assertThat(debian.path("/etc/lkipbu")).doesNotExist();
  }

  @Test
  void the_rpm_names_what_it_needs_and_installs_and_goes() {
    String root = "--root=" + debian.path("/").toAbsolutePath();
    String needed = debian.onHost("rpm", "-qp", "--requires", rpm.toString()).out();
    assertThat(needed).contains("java-headless >= 1:17", "iproute", "iputils");
    rpm("--checksig", "--nosignature", rpm.toString());

    rpm(root, "--nodeps", "--install", rpm.toString());
    assertThat(rpm(root, "--verify", "--nodeps", "lkipbu")).isEmpty();
    assertThat(debian.path("/usr/sbin/lkipbu")).isSymbolicLink();
    assertThat(debian.path("/usr/lib/lkipbu/lcd/ins_list")).isExecutable();
    assertThat(rpm(root, "--query", "--configfiles", "lkipbu")).isEqualTo(SETTINGS + "\n");

    rpm(root, "--nodeps", "--erase", "lkipbu");
    assertThat(debian.path("/usr/lib/lkipbu")).doesNotExist();
    assertThat(debian.path("/etc/lkipbu")).doesNotExist();
  }

  @Test
  void both_hold_the_same_files() {
    String known = "^/usr/(lib|sbin)/.*|^/etc/.*[^/]$";
    List<String> inDeb =
        debian
            .onHost("sh", "-c", "dpkg-deb --fsys-tarfile \"$0\" | tar -t", deb.toString())
            .out()
            .lines()
            // Debian 12 keeps units in a folder of its own.
            .map(name -> name.substring(1).replaceFirst("^/lib/systemd", "/usr/lib/systemd"))
            .filter(name -> name.matches(known) && !name.endsWith("/"))
            .sorted()
            .toList();
    List<String> inRpm =
        debian
            .onHost("rpm", "-qp", "--qf", "[%{FILEMODES:perms} %{FILENAMES}\\n]", rpm.toString())
            .out()
            .lines()
            .filter(line -> !line.startsWith("d"))
            .map(line -> line.substring(line.indexOf(' ') + 1))
            .filter(name -> name.matches(known))
            .sorted()
            .toList();
    assertThat(inRpm).isNotEmpty().isEqualTo(inDeb);
  }

  @Test
  void the_checkers_of_both_systems_find_no_error() {
    CommandResult lintian =
        debian.onHost("lintian", "--fail-on=error", "--allow-root", deb.toString());
    assertThat(lintian.ok()).as(lintian.out() + lintian.err()).isTrue();
    CommandResult rpmlint =
        debian.onHost("rpmlint", "-c", "src/packages/rpmlint.toml", rpm.toString());
    assertThat(rpmlint.ok()).as(rpmlint.out() + rpmlint.err()).isTrue();
    assertThat(rpmlint.out()).contains("0 errors");
  }

  /** What a user does first, in a network of its own. */
  private void use() throws IOException {
    try (NetLab lab = new NetLab(LabPlan.of(Family.IPV4))) {
      Transcript host = new Transcript(debian, lab.host());
      host.note("apt-get install ./lkipbu_*_all.deb");
      host.run("lkipbu --protect 10.0.0.50/24 -f eth0");
      host.run("lkipbu -a -t ip-10.0.0.50 -f eth1");
      String moved = host.run("lkipbu -m -t ip-10.0.0.50");
      assertThat(moved).startsWith("10.0.0.50: eth0 -> eth1, verified by ");
      assertThat(host.run("lkipbu -s -t ip-10.0.0.50"))
          .contains("Primary interface: eth1 (up)", "Backup interface: eth0");
      assertThat(lab.answers(lab.client(), lab.vip())).isTrue();
      assertThat(host.run("lkipbu --list")).contains("ip-10.0.0.50");
      host.note("apt-get remove lkipbu");
      Files.writeString(PACKAGES.resolve("transcript.txt"), host.text());
      assertThat(alike(Files.readString(Path.of("README.md"))))
          .as("the README shows this run, which is in target/packages/transcript.txt")
          .contains(alike(host.text()));
    }
  }

  /** Without what is another in each run: who answered first, how long it took, and when it was. */
  private static String alike(String text) {
    return text.replaceAll("verified by [^\n]*", "verified")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "then");
  }

  private static boolean archiveIsThere() throws IOException {
    Path archives = debian.path("/usr/lib/lkipbu/lib/archive");
    if (!Files.isDirectory(archives)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(archives)) {
      return files.anyMatch(Files::isRegularFile);
    }
  }

  private void install() {
    debian.ok("apt-get", "-q", "-y", "install", "/root/lkipbu.deb");
  }

  private static String rpm(String... arguments) {
    String[] argv = new String[arguments.length + 1];
    argv[0] = "rpm";
    System.arraycopy(arguments, 0, argv, 1, arguments.length);
    return DebianRoot.succeeded(debian.onHost(argv), argv);
  }

  /** The one package of a kind. */
  static Path one(String suffix) throws IOException {
    if (Files.isDirectory(PACKAGES)) {
      try (Stream<Path> files = Files.list(PACKAGES)) {
        List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).toList();
        if (found.size() == 1) {
          return found.get(0);
        }
      }
    }
    throw new IllegalStateException(
        "there is not one " + suffix + " in " + PACKAGES + ": run 'mvn -Ppackages package'");
  }
}
