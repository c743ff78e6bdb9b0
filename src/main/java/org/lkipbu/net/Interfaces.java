package org.lkipbu.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.InterfaceName;

/**
 * The network interfaces of this process's own network namespace, read without starting a program.
 *
 * <p>Facts of the kernel that this rests on: {@code /proc/net} is a link into the reader's own
 * namespace, so {@code /proc/net/dev} lists every interface of it and no other; {@code
 * /sys/class/net} shows the namespace in which sysfs was mounted, which may be another one; the
 * ioctls behind {@link NetworkInterface} act on the own namespace but find only interfaces that
 * have an address. IFF_RUNNING, which {@link NetworkInterface#isUp()} wants beside IFF_UP, follows
 * the carrier.
 *
 * <p>To look an interface up the JDK asks the kernel for all addresses of all interfaces, three
 * questions an address; with a thousand of them that takes 15 ms. So it is done once an interface,
 * and again only where addresses are wanted: link and MTU are asked for by name, each time. Used by
 * many threads.
 */
public class Interfaces {

  private static final Path DEVICES = Path.of("/proc/net/dev");
  private static final Path INDEXES = Path.of("/proc/net/dev_mcast");
  private static final Path SYS = Path.of("/sys/class/net");
  private static final int IFF_UP = 0x1;
  private static final int IFF_LOOPBACK = 0x8;

  private final Map<String, NetworkInterface> handles = new ConcurrentHashMap<>();
  private FutureTask<Map<String, NetworkInterface>> ahead;

  /**
   * The same for one thread, with a list that is begun now beside whatever the caller does next,
   * and answers its first question that needs one.
   */
  public Interfaces ahead() {
    Interfaces same = new Interfaces();
    same.ahead = new FutureTask<>(Interfaces::list);
    Thread thread = new Thread(same.ahead, "interfaces");
    thread.setDaemon(true);
    thread.start();
    return same;
  }

  /**
   * Whether there is such an interface.
   *
   * @throws Failure SYSTEM when the kernel's list cannot be read
   */
  public boolean exists(InterfaceName name) {
    String devices;
    try {
      devices = read(DEVICES);
    } catch (IOException e) {
      throw unreadable(DEVICES.toString(), e);
    }
    String wanted = name.value() + ":";
    int line = 0;
    while (line < devices.length()) {
      int start = line;
      while (start < devices.length() && devices.charAt(start) == ' ') {
        start++;
      }
      if (devices.startsWith(wanted, start)) {
        return true;
      }
      int end = devices.indexOf('\n', start);
      line = end < 0 ? devices.length() : end + 1;
    }
    return false;
  }

  /**
   * Whether the interface is set up and has carrier; false when there is no such interface.
   *
   * <p>An interface without any address is invisible to {@link NetworkInterface}; then sysfs is
   * asked, and believed only where it shows an interface of this name with the index that this
   * namespace gives it.
   *
   * @throws Failure SYSTEM when the kernel refuses the question
   */
  public boolean hasLink(InterfaceName name) {
    try {
      NetworkInterface found = handle(name);
      if (found != null) {
        return found.isUp();
      }
      return sysDescribesUs(name)
          && (sysFlags(name) & IFF_UP) != 0
          && read(SYS.resolve(name.value()).resolve("carrier")).strip().equals("1");
    } catch (IOException e) {
      // The kernel answers EINVAL for the carrier of an interface that is set down.
      return false;
    }
  }

  /** The largest packet that the interface takes, in bytes; 0 when that cannot be known. */
  public int mtu(InterfaceName name) {
    try {
      NetworkInterface found = handle(name);
      if (found != null) {
        return found.getMTU();
      }
      return sysDescribesUs(name)
          ? Integer.parseInt(read(SYS.resolve(name.value()).resolve("mtu")).strip())
          : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Whether it is a loopback interface; false when there is no such interface.
   *
   * @throws Failure SYSTEM when the kernel refuses the question
   */
  public boolean isLoopback(InterfaceName name) {
    if (name.value().equals("lo")) {
      return true;
    }
    try {
      NetworkInterface found = handle(name);
      if (found != null) {
        return found.isLoopback();
      }
      return sysDescribesUs(name) && (sysFlags(name) & IFF_LOOPBACK) != 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether the address, with this very prefix length, is configured on the interface.
   *
   * @throws Failure SYSTEM when the kernel's list cannot be read
   */
  public boolean has(ProtectedAddress address, InterfaceName name) {
    NetworkInterface found = named(name);
    if (found == null) {
      return false;
    }
    byte[] wanted = address.address().getAddress();
    for (InterfaceAddress one : found.getInterfaceAddresses()) {
      if (one.getNetworkPrefixLength() == address.prefix()
          && java.util.Arrays.equals(one.getAddress().getAddress(), wanted)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The addresses of the interface in the kernel's order; empty when there is no such interface.
   *
   * @throws Failure SYSTEM when the kernel's list cannot be read
   */
  public List<ProtectedAddress> addresses(InterfaceName name) {
    List<ProtectedAddress> addresses = new ArrayList<>();
    NetworkInterface found = named(name);
    if (found != null) {
      for (InterfaceAddress one : found.getInterfaceAddresses()) {
        addresses.add(new ProtectedAddress(one.getAddress(), one.getNetworkPrefixLength()));
      }
    }
    return addresses;
  }

  /**
   * All addresses, by the names of their interfaces; those of an alias are its interface's.
   *
   * @throws Failure SYSTEM when the kernel's list cannot be read
   */
  public Map<String, Set<ProtectedAddress>> all() {
    Map<String, Set<ProtectedAddress>> all = new HashMap<>();
    try {
      for (NetworkInterface one : list().values()) {
        Set<ProtectedAddress> addresses = new HashSet<>();
        for (InterfaceAddress each : one.getInterfaceAddresses()) {
          addresses.add(new ProtectedAddress(each.getAddress(), each.getNetworkPrefixLength()));
        }
        all.put(one.getName(), addresses);
      }
    } catch (SocketException e) {
      throw unreadable("the addresses", e);
    }
    return all;
  }

  /**
   * The interface that has an address, with whatever prefix length; empty when none has it.
   *
   * @throws Failure SYSTEM when the kernel's list cannot be read
   */
  public Optional<InterfaceName> holder(InetAddress address) {
    try {
      NetworkInterface found = NetworkInterface.getByInetAddress(address);
      return Optional.ofNullable(found).map(one -> new InterfaceName(one.getName()));
    } catch (SocketException e) {
      throw unreadable("the addresses", e);
    }
  }

  private NetworkInterface named(InterfaceName name) {
    try {
      NetworkInterface found = lookedUp(name.value());
      if (found != null) {
        handles.put(name.value(), found);
      }
      return found;
    } catch (SocketException e) {
      throw unreadable("the addresses of " + name.value(), e);
    }
  }

  private NetworkInterface lookedUp(String name) throws SocketException {
    FutureTask<Map<String, NetworkInterface>> list = ahead;
    ahead = null;
    if (list != null) {
      try {
        return list.get().get(name);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException e) {
        // Then the kernel is asked again, and says what is wrong.
      }
    }
    return NetworkInterface.getByName(name);
  }

  private static Map<String, NetworkInterface> list() throws SocketException {
    Map<String, NetworkInterface> list = new HashMap<>();
    Enumeration<NetworkInterface> all = NetworkInterface.getNetworkInterfaces();
    while (all.hasMoreElements()) {
      NetworkInterface one = all.nextElement();
      list.put(one.getName(), one);
    }
    return list;
  }

  /** Something to ask about the interface of this name; null when it has had no address so far. */
  private NetworkInterface handle(InterfaceName name) {
    NetworkInterface known = handles.get(name.value());
    return known != null ? known : named(name);
  }

  /** Guards against a sysfs that was mounted in another namespace. */
  private static boolean sysDescribesUs(InterfaceName name) throws IOException {
    Path index = SYS.resolve(name.value()).resolve("ifindex");
    return Files.exists(index) && hasIndex(read(INDEXES), name.value(), read(index).strip());
  }

  /** Lines of dev_mcast begin with the index and the name of an interface. */
  private static boolean hasIndex(String table, String name, String index) {
    int line = 0;
    while (line < table.length()) {
      int end = table.indexOf('\n', line);
      int stop = end < 0 ? table.length() : end;
      String[] words = table.substring(line, stop).strip().split(" ");
      if (words[0].equals(index)) {
        for (int i = 1; i < words.length; i++) {
          if (!words[i].isEmpty()) {
            return words[i].equals(name);
          }
        }
      }
      line = stop + 1;
    }
    return false;
  }

  private static int sysFlags(InterfaceName name) throws IOException {
    return Integer.decode(read(SYS.resolve(name.value()).resolve("flags")).strip());
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static Failure unreadable(String what, IOException cause) {
    return new Failure(
        Failure.Kind.SYSTEM,
        "the kernel's list of interfaces cannot be read: " + what + ": " + cause.getMessage(),
        "check that /proc is mounted",
        cause);
  }
}
