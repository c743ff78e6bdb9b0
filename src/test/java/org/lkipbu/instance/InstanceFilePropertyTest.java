package org.lkipbu.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.lkipbu.host.Failure;

class InstanceFilePropertyTest {

  private static final Set<String> KNOWN =
      Set.of("tag", "system", "application", "type", "id", "info", "reason", "state");

  @Property
  void what_is_written_is_read_again(
      @ForAll("values") String id,
      @ForAll("values") String info,
      @ForAll("values") String reason,
      @ForAll("values") String name,
      @ForAll String value,
      @ForAll State state) {
    Assume.that(!id.isEmpty() && !name.isEmpty() && !KNOWN.contains(name));
    ResourceInstance instance =
        new ResourceInstance("a", "comm", "ip", new Tag("t"), id, info, state, reason);
    InstanceFile file = new InstanceFile(instance, Map.of(name, value));

    assertThat(InstanceFile.parse(file.text())).isEqualTo(file);
    assertThat(file.text()).matches("[ -~\n]*");
  }

  @Property
  void noise_is_refused_as_illegal_and_nothing_else(@ForAll String noise) {
    try {
      InstanceFile.parse(noise + "\n");
    } catch (Failure e) {
      assertThat(e.kind()).isEqualTo(Failure.Kind.ILLEGAL);
    }
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(60);
  }
}
