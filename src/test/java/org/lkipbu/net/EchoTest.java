package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EchoTest {

  @Test
  void a_reply_names_its_sender() {
    assertThat(Echo.responder("64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.05 ms"))
        .isEqualTo(Addresses.parsed("10.0.0.2"));
    assertThat(Echo.responder("64 bytes from fe80::1%eth1: icmp_seq=1 ttl=64 time=0.05 ms (DUP!)"))
        .isEqualTo(Addresses.parsed("fe80::1"));
  }

  @Test
  void an_error_of_the_network_is_no_reply() {
    assertThat(Echo.responder("From 10.0.0.1 icmp_seq=1 Destination Host Unreachable")).isNull();
    assertThat(Echo.responder("PING 10.0.0.255 (10.0.0.255) from 10.0.0.1 eth1: 56(84) bytes"))
        .isNull();
    assertThat(Echo.responder("")).isNull();
  }
}
