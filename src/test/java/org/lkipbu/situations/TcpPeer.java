package org.lkipbu.situations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * One side of a TCP connection, started in a namespace of its own: a server that counts the bytes
 * that it gets and checks their order, or a client that sends for some seconds.
 */
final class TcpPeer {

  private static final int CHUNK = 251;

  private TcpPeer() {}

  /** {@code server ADDRESS PORT} or {@code client ADDRESS PORT SECONDS}; prints the bytes. */
  public static void main(String[] args) throws Exception {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByName(args[1]), Integer.parseInt(args[2]));
    if (args[0].equals("server")) {
      serve(address);
    } else {
      send(address, Integer.parseInt(args[3]));
    }
  }

  private static void serve(InetSocketAddress address) throws IOException {
    try (ServerSocket server = new ServerSocket()) {
      server.setSoTimeout(20_000);
      server.bind(address);
      System.out.println("listening");
      try (Socket socket = server.accept()) {
        socket.setSoTimeout(20_000);
        InputStream in = socket.getInputStream();
        long count = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
          if (b != count % CHUNK) {
            System.out.println("byte " + count + " is wrong");
            return;
          }
          count++;
        }
        System.out.println("bytes " + count);
      }
    }
  }

  private static void send(InetSocketAddress address, int seconds) throws Exception {
    byte[] chunk = new byte[CHUNK];
    for (int i = 0; i < CHUNK; i++) {
      chunk[i] = (byte) i;
    }
    long count = 0;
    try (Socket socket = new Socket()) {
      socket.connect(address, 5000);
      OutputStream out = socket.getOutputStream();
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      while (System.nanoTime() < end) {
        out.write(chunk);
        count += CHUNK;
        Thread.sleep(2);
      }
    }
    System.out.println("bytes " + count);
  }
}
