package org.lkipbu.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lkipbu.host.Failure;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TagTest {

  @ParameterizedTest
  @CsvSource({
    "ip-10.0.0.5, ip-10.0.0.5",
    "a/b, a%2Fb",
    "../x, %2E.%2Fx",
    ".hidden, %2Ehidden",
    "a:b@c+d_e, a%3Ab%40c%2Bd_e",
  })
  void a_file_name_encodes_what_could_lead_elsewhere(String tag, String fileName) {
    assertThat(new Tag(tag).fileName()).isEqualTo(fileName);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "a\n", "a\u0000", "\u0430", "a'b", "$(id)", "a%2Fb", "a\u0001"})
  void other_characters_are_refused(String tag) {
    assertThatThrownBy(() -> new Tag(tag)).isInstanceOf(Failure.class);
  }
}
