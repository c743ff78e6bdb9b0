package org.lkipbu.crash;

import java.util.ArrayList;
import java.util.List;

/** Values made to be run, to lead elsewhere, to be cut, to be mistaken or to be too long. */
final class HostileValues {

  private HostileValues() {}

  /**
   * All of them.
   *
   * @param canary the file that those make which are run
   */
  static List<String> all(String canary) {
    List<String> values = new ArrayList<>();
    for (String form :
        List.of(
            "$(touch %s)",
            "`touch %s`",
            ";touch %s;",
            "|touch %s",
            "&&touch %s&&",
            "x\ntouch %s\n",
            "';touch %s;'",
            "\";touch %s;\"",
            "\\\";touch %s",
            "${IFS}touch${IFS}%s",
            ">%s",
            "@%s",
            "../%s",
            "-o%s",
            "--output=%s")) {
      values.add(form.replace("%s", canary));
    }
    values.addAll(
        List.of(
            "",
            " ",
            "\t",
            "\n",
            "a\nb",
            "a\rb",
            "a b",
            "a\u0000b",
            "a\u0001b",
            "a\u001b[31mb",
            "a\u007fb",
            ".",
            "..",
            "../..",
            "../../etc/passwd",
            "/etc/passwd",
            "/",
            "a/../b",
            "%2e%2e%2f",
            "%00",
            "%n%n%n%s",
            "-",
            "-rf",
            "*",
            "?",
            "[a-z]*",
            "~",
            "~root",
            "$HOME",
            "!!",
            "#comment",
            "a#b",
            "'",
            "\"",
            "\\",
            "a\\u0041",
            "\u0430dmin",
            "\u0456p1",
            "eth\u0660",
            "\u202eabc",
            "\ufeffip1",
            "e\u0301",
            "\ud83d\ude00",
            "\ud800",
            "x".repeat(16),
            "x".repeat(201),
            "x".repeat(1_000_000),
            "\u00e9".repeat(100_000),
            "2147483648",
            "-1",
            "1e3",
            "NaN",
            "null",
            "10.0.0.5",
            "::1%eth0"));
    return values;
  }
}
