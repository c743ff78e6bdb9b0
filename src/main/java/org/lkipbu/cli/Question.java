package org.lkipbu.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.lkipbu.host.Terminal;

/** Asks the person at the terminal; where nobody sits at one, the answer is no. */
final class Question {

  private final ErrorLine errors;

  Question(ErrorLine errors) {
    this.errors = errors;
  }

  /** Whether the answer is yes. */
  boolean agreed(String question) {
    if (!Terminal.isStdin() || !Terminal.isStderr()) {
      return false;
    }
    errors.ask(question + " [y/N] ");
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1));
      String answer = in.readLine();
      return answer != null
          && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    } catch (IOException e) {
      return false;
    }
  }
}
