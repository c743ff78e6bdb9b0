package org.lkipbu.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Puts into a few words why a file operation failed. */
public final class IoReason {

  private IoReason() {}

  /** What the kernel said, without the file name that the message has already. */
  public static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied; run it as root";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return PlainText.of(f.getReason());
    }
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : PlainText.of(message);
  }
}
