package org.lkipbu.cli.lcd;

import java.util.Optional;
import org.lkipbu.host.Failure;
import org.lkipbu.instance.Quoted;
import org.lkipbu.instance.Tag;
import picocli.CommandLine.ParseResult;

/** What a verb's command line holds. */
final class Given {

  private final ParseResult result;
  private final String usage;

  Given(ParseResult result, String usage) {
    this.result = result;
    this.usage = usage;
  }

  /** Whether a flag or an option is there. */
  boolean has(char letter) {
    return result.hasMatchedOption(letter);
  }

  /** The value of an option, if it is there. */
  Optional<String> optional(char letter) {
    return Optional.ofNullable(result.matchedOptionValue(letter, null));
  }

  /**
   * The value of an option that must be there.
   *
   * @throws Failure USAGE when it is not
   */
  String required(char letter) {
    return optional(letter).orElseThrow(() -> wrong("-" + letter + " is missing"));
  }

  /**
   * The tag that must be there.
   *
   * @throws Failure USAGE when it is not, ILLEGAL when it is malformed
   */
  Tag tag() {
    return new Tag(required('t'));
  }

  /**
   * One of a few words.
   *
   * @throws Failure ILLEGAL when it is none of them
   */
  static <T extends Enum<T>> T word(char letter, String word, T[] allowed) {
    for (T one : allowed) {
      if (one.name().equals(word)) {
        return one;
      }
    }
    StringBuilder all = new StringBuilder();
    for (T one : allowed) {
      all.append(all.isEmpty() ? "" : ", ").append(one);
    }
    throw new Failure(
        Failure.Kind.ILLEGAL,
        "-" + letter + " " + Quoted.of(word) + " is not valid",
        "use one of " + all);
  }

  /** The command line is wrong. */
  Failure wrong(String problem) {
    return new Failure(Failure.Kind.USAGE, problem, usage);
  }
}
