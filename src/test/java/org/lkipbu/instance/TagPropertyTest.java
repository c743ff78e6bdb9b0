package org.lkipbu.instance;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TagPropertyTest {

  @Property
  void two_tags_never_share_a_file(@ForAll("tags") String one, @ForAll("tags") String other) {
    assertThat(new Tag(one).fileName().equals(new Tag(other).fileName()))
        .isEqualTo(one.equals(other));
  }

  @Property
  void a_file_name_is_visible_and_fits_every_file_system(@ForAll("tags") String tag) {
    assertThat(new Tag(tag).fileName())
        .hasSizeBetween(1, 200)
        .doesNotStartWith(".")
        .doesNotContain("/");
  }

  @Provide
  Arbitrary<String> tags() {
    Arbitrary<String> longOnes = Arbitraries.of("/", "a", "+").map(s -> s.repeat(200));
    Arbitrary<String> others =
        Arbitraries.strings()
            .withCharRange('a', 'c')
            .withChars("Z9-_./:@+")
            .ofMinLength(1)
            .ofMaxLength(200);
    return Arbitraries.oneOf(others, longOnes);
  }
}
