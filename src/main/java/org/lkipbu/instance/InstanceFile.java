package org.lkipbu.instance;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.lkipbu.host.Failure;
import org.lkipbu.host.PlainText;

/**
 * The text of one instance in the embedded store: {@code name=value} lines as {@link Properties}
 * reads them. Names that this version does not know are kept. {@code state} is always the last
 * line, so that a file cut anywhere is seen to be cut: either it does not end in a newline, or it
 * has no state.
 *
 * @param instance the instance
 * @param further names and values that this version does not know
 */
record InstanceFile(ResourceInstance instance, Map<String, String> further) {

  /** More than any instance needs; a file that is larger is something else. */
  static final int MAX_BYTES = 64 << 10;

  private static final int MAX_VALUE = 512;
  private static final String HEADER = "# A protected address of lkipbu. See lkipbu-lcd(8).\n";

  InstanceFile {
    further = Map.copyOf(further);
    checked("system", instance.system(), 1);
    checked("application", instance.application(), 1);
    checked("type", instance.type(), 1);
    checked("id", instance.id(), 1);
    checked("info", instance.info(), 0);
    checked("reason", instance.reason(), 0);
  }

  /**
   * Reads the text of a file.
   *
   * @throws Failure ILLEGAL when it is no instance, whole and well-formed
   */
  static InstanceFile parse(String text) {
    if (text.length() > MAX_BYTES || text.indexOf('\0') >= 0) {
      throw illegal("it is no text of an instance");
    }
    if (!text.endsWith("\n")) {
      throw illegal("its end is missing");
    }
    Properties values = new Properties();
    try {
      values.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      throw illegal("it holds a malformed escape");
    }
    ResourceInstance instance =
        new ResourceInstance(
            take(values, "system"),
            take(values, "application"),
            take(values, "type"),
            new Tag(take(values, "tag")),
            take(values, "id"),
            take(values, "info"),
            state(take(values, "state")),
            take(values, "reason"));
    Map<String, String> further = new TreeMap<>();
    for (String name : values.stringPropertyNames()) {
      if (!PlainText.is(name)) {
        throw illegal("it is no text of an instance");
      }
      further.put(name, values.getProperty(name));
    }
    return new InstanceFile(instance, further);
  }

  /** The text that {@link #parse} reads the same from. */
  String text() {
    StringBuilder text = new StringBuilder(HEADER);
    line(text, "tag", instance.tag().value());
    line(text, "system", instance.system());
    line(text, "application", instance.application());
    line(text, "type", instance.type());
    line(text, "id", instance.id());
    line(text, "info", instance.info());
    for (Map.Entry<String, String> entry : new TreeMap<>(further).entrySet()) {
      line(text, entry.getKey(), entry.getValue());
    }
    line(text, "reason", instance.reason());
    line(text, "state", instance.state().name());
    return text.toString();
  }

  private static String take(Properties values, String name) {
    Object value = values.remove(name);
    if (value == null) {
      throw illegal("it has no " + name);
    }
    return (String) value;
  }

  private static State state(String name) {
    for (State state : State.values()) {
      if (state.name().equals(name)) {
        return state;
      }
    }
    throw illegal("state " + Quoted.of(name) + " is unknown");
  }

  private static void checked(String name, String value, int minLength) {
    if (value.length() < minLength || value.length() > MAX_VALUE || !PlainText.is(value)) {
      throw illegal(name + " " + Quoted.of(value) + " is not valid");
    }
  }

  private static Failure illegal(String problem) {
    return new Failure(
        Failure.Kind.ILLEGAL, problem, "use up to " + MAX_VALUE + " printable ASCII characters");
  }

  private static void line(StringBuilder text, String name, String value) {
    escape(text, name, true);
    text.append('=');
    escape(text, value, false);
    text.append('\n');
  }

  private static void escape(StringBuilder text, String value, boolean isName) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean separates = c == ' ' ? isName || i == 0 : isName && "=:#!".indexOf(c) >= 0;
      if (c < ' ' || c > '~') {
        text.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          text.append(Character.forDigit(c >> shift & 15, 16));
        }
      } else {
        text.append(separates || c == '\\' ? "\\" : "").append(c);
      }
    }
  }
}
