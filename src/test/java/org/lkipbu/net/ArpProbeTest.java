package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.lkipbu.instance.InterfaceName;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArpProbeTest {

  private static final InterfaceName ETH1 = new InterfaceName("eth1");

  private final FakePrograms programs = new FakePrograms();

  @Test
  void the_arping_of_iputils_probes_in_its_way() {
    programs.answer("arping -V", 0, "arping from iputils 20221126\n", "");
    programs.answer(
        "arping -D",
        1,
        "ARPING 10.0.0.2 from 0.0.0.0 eth1\n"
            + "Unicast reply from 10.0.0.2 [F6:8D:2C:6C:32:BD]  0.535ms\n",
        "");
    assertThat(probe()).containsExactly("f6:8d:2c:6c:32:bd");
    assertThat(programs.calls()).last().isEqualTo("arping -D -c 1 -w 1 -I eth1 10.0.0.2");
  }

  @Test
  void the_arping_of_thomas_habets_probes_in_its_way() {
    programs.answer(
        "arping -V",
        1,
        "",
        "arping: option requires an argument -- 'V'\n"
            + "ARPing 2.23, by Thomas Habets <thomas@habets.se>\n");
    programs.answer(
        "arping -0",
        0,
        "ARPING 10.0.0.2\n42 bytes from ba:c2:3d:52:7b:47 (10.0.0.2): index=0 time=9.8 usec\n",
        "");
    assertThat(probe()).containsExactly("ba:c2:3d:52:7b:47");
    assertThat(programs.calls()).last().isEqualTo("arping -0 -C 1 -c 1 -i eth1 10.0.0.2");
  }

  @Test
  void without_either_nothing_is_asked() {
    assertThat(probe()).isEmpty();
    assertThat(new ArpProbe(programs).flavour()).isEqualTo(ArpProbe.Flavour.NONE);
  }

  @Test
  void only_replies_name_a_link_layer_address() {
    assertThat(ArpProbe.responder("Unicast reply from 10.0.0.2 [F6:8D]")).isNull();
    assertThat(ArpProbe.responder("Sent 1 probes (1 broadcast(s))")).isNull();
    assertThat(ArpProbe.responder("42 bytes from somewhere else (10.0.0.2): index=0")).isNull();
  }

  private List<String> probe() {
    List<String> macs = new ArrayList<>();
    new ArpProbe(programs)
        .probe(ETH1, Addresses.parsed("10.0.0.2"), Duration.ofMillis(500), macs::add);
    return macs;
  }
}
