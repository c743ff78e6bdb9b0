package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AddressesTest {

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "255.255.255.255", "fd00::1", "::", "fe80::a:b"})
  void numbers_are_addresses(String text) {
    assertThat(Addresses.parsed(text)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0", "10.0.0.256", "10.0.0.1.", "1", "localhost", ":::", "fd00::1%eth0"})
  void nothing_else_is_and_no_name_server_is_asked(String text) {
    assertThat(Addresses.parsed(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "172.17.106.10,22,172.17.107.255",
    "10.0.0.1,24,10.0.0.255",
    "10.0.0.1,30,10.0.0.3",
    "10.0.0.1,0,255.255.255.255"
  })
  void a_subnet_has_its_broadcast_address(String address, int prefix, String broadcast) {
    var protectedAddress = new ProtectedAddress(Addresses.parsed(address), prefix);
    assertThat(Addresses.broadcast(protectedAddress)).isEqualTo(Addresses.parsed(broadcast));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "::",
        "::1",
        "1::",
        "fd00::1",
        "2001:db8:0:1::",
        "fe80::1:0:0:1",
        "1:2:3:4:5:6:7:8",
        "2001:db8:0:1:1:1:1:1",
        "2001:0:0:1::1"
      })
  void addresses_are_written_in_their_usual_form(String text) {
    assertThat(Addresses.text(Addresses.parsed(text))).isEqualTo(text);
  }

  @Test
  void point_to_point_and_single_addresses_have_no_broadcast() {
    assertThat(Addresses.broadcast(new ProtectedAddress(Addresses.parsed("10.0.0.1"), 31)))
        .isNull();
    assertThat(Addresses.broadcast(new ProtectedAddress(Addresses.parsed("10.0.0.1"), 32)))
        .isNull();
    assertThat(Addresses.broadcast(new ProtectedAddress(Addresses.parsed("fd00::1"), 64))).isNull();
  }

  @Test
  void subnets_are_compared_bit_by_bit() {
    var one = Addresses.parsed("10.0.0.1");
    assertThat(Addresses.sameSubnet(one, Addresses.parsed("10.0.3.9"), 22)).isTrue();
    assertThat(Addresses.sameSubnet(one, Addresses.parsed("10.0.4.9"), 22)).isFalse();
    assertThat(Addresses.sameSubnet(one, Addresses.parsed("fd00::1"), 0)).isFalse();
  }
}
