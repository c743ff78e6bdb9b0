package org.lkipbu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lkipbu.instance.InterfaceName;
import org.lkipbu.instance.State;
import org.lkipbu.instance.Tag;
import org.lkipbu.net.Proof;
import org.lkipbu.net.ProtectedAddress;
import org.lkipbu.ops.AddressView;
import org.lkipbu.ops.Health;
import org.lkipbu.ops.LastMoves;
import org.lkipbu.ops.LastMoves.LastMove;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ViewTest {

  private final AddressView good = view("ip-10.0.0.50", "10.0.0.50", 22, Optional.of("eth1"), true);
  private final AddressView alone = view("v6", "2001:db8::50", 64, Optional.empty(), false);

  @Test
  void the_table_has_a_line_an_instance_and_columns_that_line_up() {
    assertThat(table(Map.of(), false))
        .isEqualTo(
            """
            TAG           ADDRESS          PRIMARY    BACKUP      STATE                  LAST MOVE
            ip-10.0.0.50  10.0.0.50/22     eth0 up    eth1 ready  ISP                    WHEN eth1 -> eth0, recovery
            v6            2001:db8::50/64  eth0 down  none        OSU, move interrupted  -
            """);
  }

  @Test
  void at_a_terminal_with_colours_words_are_coloured_and_columns_line_up_all_the_same() {
    String table = table(Map.of("TERM", "xterm"), true);

    assertThat(table).contains("eth0 \u001b[32mup\u001b[0m    eth1 \u001b[32mready\u001b[0m  ISP");
    assertThat(table).contains("eth0 \u001b[31mdown\u001b[0m  none");
    assertThat(table.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(table(Map.of(), false));
  }

  @Test
  void there_are_no_colours_where_they_are_not_wanted_or_not_known() {
    String plain = table(Map.of(), false);

    assertThat(table(Map.of("TERM", "xterm", "NO_COLOR", "1"), true)).isEqualTo(plain);
    assertThat(table(Map.of("TERM", "dumb"), true)).isEqualTo(plain);
    assertThat(table(Map.of(), true)).isEqualTo(plain);
    assertThat(table(Map.of("TERM", "xterm"), false)).isEqualTo(plain);
  }

  @Test
  void what_programs_get_follows_the_schema() {
    JsonRenderer renderer = new JsonRenderer();

    assertValid(renderer.status(good));
    assertValid(renderer.status(alone));
    assertValid(renderer.list(List.of()));
    assertValid(renderer.list(List.of(good, alone)));
    assertThat(renderer.status(good))
        .contains(
            "\"schema\" : \"lkipbu/1\"",
            "\"up\" : true",
            "\"prefix\" : 22",
            "\"at\" : \"2023-11-14T22:13:20Z\"")
        .endsWith("}\n");
  }

  @ParameterizedTest
  @EnumSource(Health.Fault.class)
  void so_does_a_check_with_every_fault(Health.Fault fault) {
    assertValid(new JsonRenderer().health(health(fault, Optional.empty())));
  }

  @ParameterizedTest
  @EnumSource(Proof.Kind.class)
  void and_with_every_proof(Proof.Kind kind) {
    Proof proof = new Proof(kind, "10.0.0.2", Duration.ofMillis(3));

    assertValid(new JsonRenderer().health(health(Health.Fault.NONE, Optional.of(proof))));
  }

  private static void assertValid(String json) {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(ViewTest.class.getResourceAsStream("output.schema.json"));
    assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
    String changed = json.replaceFirst("\"schema\"", "\"scheme\"");
    assertThat(schema.validate(changed, InputFormat.JSON)).isNotEmpty();
  }

  private String table(Map<String, String> environment, boolean terminal) {
    ListTable table = new ListTable(Colours.of(environment, terminal));
    table.add(good);
    table.add(alone);
    return table.text().replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "WHEN");
  }

  private static Health health(Health.Fault fault, Optional<Proof> proof) {
    return new Health(
        new Tag("vip"),
        address("10.0.0.50", 22),
        new InterfaceName("eth0"),
        fault,
        fault == Health.Fault.NONE ? "" : "it is broken",
        proof,
        "",
        false);
  }

  private static AddressView view(
      String tag, String address, int prefix, Optional<String> backup, boolean up) {
    return new AddressView(
        new Tag(tag),
        address(address, prefix),
        prefix == 22 ? "255.255.252.0" : "64",
        new InterfaceName("eth0"),
        up,
        backup.map(InterfaceName::new),
        backup.isPresent(),
        up ? State.ISP : State.OSU,
        !up,
        up ? Optional.of(recovery()) : Optional.empty());
  }

  private static LastMove recovery() {
    InterfaceName eth0 = new InterfaceName("eth0");
    InterfaceName eth1 = new InterfaceName("eth1");
    return new LastMove(
        1_700_000_000_000L, eth1, eth0, LastMoves.Asked.RECOVERY, "eth1 has no link", 31, eth1);
  }

  private static ProtectedAddress address(String text, int prefix) {
    try {
      return new ProtectedAddress(InetAddress.getByName(text), prefix);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
