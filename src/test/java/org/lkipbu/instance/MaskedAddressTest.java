package org.lkipbu.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lkipbu.host.Failure;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MaskedAddressTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.50/22, 22, fffffc00",
    "10.0.0.50/255.255.252.0, 22, fffffc00",
    "10.0.0.50/fffffc00, 22, fffffc00",
    "10.0.0.50/0xFFFFFC00, 22, fffffc00",
    "10.0.0.50/32, 32, ffffffff",
    "10.0.0.50/1, 1, 80000000",
    "2001:db8::50/64, 64, 64",
    "2001:db8::50/128, 128, 128"
  })
  void every_form_of_a_mask_is_read_and_written_as_LifeKeeper_writes_it(
      String text, int prefix, String written) {
    MaskedAddress address = MaskedAddress.parse(text);

    assertThat(address.prefix()).isEqualTo(prefix);
    assertThat(address.asLifeKeeperWrites().text()).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "10.0.0.50",
        "10.0.0.50/",
        "/22",
        "10.0.0.50/0",
        "10.0.0.50/33",
        "10.0.0.50/22/22",
        "10.0.0.50/255.0.255.0",
        "10.0.0.50/0x22",
        "2001:db8::50/0xffffff00",
        "2001:db8::50/ffff::",
        "2001:db8::50/129",
        "127.0.0.1/8",
        "name/24",
        "-n/24"
      })
  void anything_else_is_illegal(String text) {
    assertThatThrownBy(() -> MaskedAddress.parse(text))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.ILLEGAL));
  }
}
