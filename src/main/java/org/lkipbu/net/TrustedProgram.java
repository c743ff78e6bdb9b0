package org.lkipbu.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lkipbu.host.Caller;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.Quoted;

/** Tells whether a program that the settings name may be run as root. */
final class TrustedProgram {

  private static final int OTHERS_MAY_WRITE = 022;
  private static final int STICKY = 01000;

  private TrustedProgram() {}

  /**
   * The program's real path, when it is absolute, executable, root's, and neither it nor a folder
   * above it can be written or replaced by anybody else.
   *
   * @throws Failure ILLEGAL when it is not
   */
  static Path checked(Path program) {
    if (!program.isAbsolute()) {
      throw refused(program, "its path is not absolute");
    }
    try {
      Path real = program.toRealPath();
      if (!Files.isRegularFile(real) || !Files.isExecutable(real)) {
        throw refused(program, "it is not an executable file");
      }
      for (Path part = real; part != null; part = part.getParent()) {
        Map<String, Object> facts = Files.readAttributes(part, "unix:uid,mode");
        int mode = (Integer) facts.get("mode");
        boolean replaceable =
            (mode & OTHERS_MAY_WRITE) != 0 && (part.equals(real) || (mode & STICKY) == 0);
        if ((Integer) facts.get("uid") != 0 || replaceable) {
          throw refused(program, part + " can be changed by others than root");
        }
      }
      return real;
    } catch (IOException e) {
      throw refused(program, "it cannot be looked at");
    }
  }

  /**
   * A program of lkipbu's own in its folder, when nobody can change it who could not change the
   * launcher beside it anyway.
   *
   * @throws Failure SYSTEM when others can
   */
  static Path own(Path home, String name) {
    Path program = home.resolve(name);
    try {
      Path launcher = home.resolve("lkipbu");
      int installer = Files.exists(launcher) ? owner(launcher) : 0;
      for (Path part : List.of(home, program, home.resolve("ipaction.awk"))) {
        if (Files.exists(part)) {
          int mode = (Integer) Files.getAttribute(part, "unix:mode");
          int owner = owner(part);
          boolean ours = owner == 0 || owner == installer || owner == Caller.userId();
          if (!ours || (mode & OTHERS_MAY_WRITE) != 0) {
            throw new Failure(
                Failure.Kind.SYSTEM,
                part + " can be changed by others than root",
                "make it root's alone (chown root, chmod go-w)");
          }
        }
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.SYSTEM, "cannot look at " + program, "install lkipbu again", e);
    }
    return program;
  }

  private static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  private static Failure refused(Path program, String why) {
    return new Failure(
        Failure.Kind.ILLEGAL,
        "the ipaction " + Quoted.of(program.toString()) + " is refused: " + why,
        "name a program of root's by its absolute path in LKIPBU_IPACTION");
  }
}
