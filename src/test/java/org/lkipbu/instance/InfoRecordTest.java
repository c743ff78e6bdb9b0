package org.lkipbu.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lkipbu.host.Failure;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InfoRecordTest {

  private static final String INFO = "ServerA eth0 172.17.106.10 fffffc00 eth1";

  @Test
  void five_values_are_read() {
    InfoRecord record = InfoRecord.parse(INFO);

    assertThat(record.server()).isEqualTo("ServerA");
    assertThat(record.primary()).isEqualTo(new InterfaceName("eth0"));
    assertThat(record.address().getHostAddress()).isEqualTo("172.17.106.10");
    assertThat(record.prefix()).isEqualTo(22);
    assertThat(record.netmask().shown()).isEqualTo("255.255.252.0");
    assertThat(record.backup()).contains(new InterfaceName("eth1"));
  }

  @Test
  void an_ipv6_instance_carries_its_prefix_length() {
    InfoRecord record = InfoRecord.parse("ServerA eth0 2001:DB8::0050 64 none");

    assertThat(record.address().getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:50");
    assertThat(record.netmask().shown()).isEqualTo("64");
    assertThat(record.format()).isEqualTo("ServerA eth0 2001:DB8::0050 64 none");
  }

  @Test
  void four_values_have_no_backup_and_are_written_with_five() {
    InfoRecord record = InfoRecord.parse("ServerA eth0 172.17.106.10 fffffc00");

    assertThat(record.backup()).isEqualTo(Optional.empty());
    assertThat(record.format()).isEqualTo("ServerA eth0 172.17.106.10 fffffc00 none");
  }

  @Test
  void a_move_swaps_the_two_interfaces_and_nothing_else() {
    assertThat(InfoRecord.parse(INFO).swapped().format())
        .isEqualTo("ServerA eth1 172.17.106.10 fffffc00 eth0");
  }

  @Test
  void a_record_without_a_backup_cannot_be_swapped() {
    InfoRecord record = InfoRecord.parse("ServerA eth0 172.17.106.10 fffffc00 none");

    assertThatThrownBy(record::swapped).isInstanceOf(Failure.class);
  }

  @Test
  void a_backup_can_be_named_and_removed() {
    InfoRecord record = InfoRecord.parse(INFO);

    assertThat(record.withBackup(new InterfaceName("bond0.100")).format())
        .isEqualTo("ServerA eth0 172.17.106.10 fffffc00 bond0.100");
    assertThat(record.withoutBackup().format())
        .isEqualTo("ServerA eth0 172.17.106.10 fffffc00 none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0", "none"})
  void neither_the_primary_nor_none_can_be_the_backup(String name) {
    InfoRecord record = InfoRecord.parse(INFO);

    assertThatThrownBy(() -> record.withBackup(new InterfaceName(name)))
        .isInstanceOf(Failure.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ffffffff, 255.255.255.255, 32",
    "FFFFFC00, 255.255.252.0, 22",
    "FffffC00, 255.255.252.0, 22",
    "80000000, 128.0.0.0, 1",
    "255.255.252.0, 255.255.252.0, 22",
    "255.255.255.254, 255.255.255.254, 31",
    "22, 255.255.252.0, 22",
    "1, 128.0.0.0, 1",
    "32, 255.255.255.255, 32",
  })
  void a_netmask_has_three_forms(String text, String shown, int prefix) {
    InfoRecord record = InfoRecord.parse("a eth0 10.0.0.5 " + text + " none");

    assertThat(record.netmask().shown()).isEqualTo(shown);
    assertThat(record.prefix()).isEqualTo(prefix);
    assertThat(record.format()).isEqualTo("a eth0 10.0.0.5 " + text + " none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ServerA",
        "ServerA eth0",
        "ServerA eth0 10.0.0.5",
        "ServerA eth0 10.0.0.5 22 eth1 eth2",
        " ServerA eth0 10.0.0.5 22 eth1",
        "ServerA eth0 10.0.0.5 22 eth1 ",
        "ServerA  eth0 10.0.0.5 22 eth1",
        "ServerA\teth0\t10.0.0.5\t22\teth1",
        "ServerA eth0 10.0.0.5 22 eth1\n",
        "ServerA eth0 10.0.0.5 22 eth1\u0000",
        "ServerA eth0 10.0.0.5 22 eth1\u0001",
        "Server\u0410 eth0 10.0.0.5 22 eth1",
        "-ServerA eth0 10.0.0.5 22 eth1",
        "ServerA -eth0 10.0.0.5 22 eth1",
        "ServerA ../eth0 10.0.0.5 22 eth1",
        "ServerA eth0 10.0.0.5 22 sixteenletters16",
        "ServerA eth0 10.0.0.5 22 .",
        "ServerA eth0 10.0.0.5 22 eth0",
        "ServerA none 10.0.0.5 22 eth0",
        "ServerA eth0 10.0.0 22 eth1",
        "ServerA eth0 10.0.0.5.6 22 eth1",
        "ServerA eth0 10.0.0.256 22 eth1",
        "ServerA eth0 10.0.0.05 22 eth1",
        "ServerA eth0 10.0.0.+5 22 eth1",
        "ServerA eth0 10.0.0.\u0665 22 eth1",
        "ServerA eth0 167772165 22 eth1",
        "ServerA eth0 0x0a000005 22 eth1",
        "ServerA eth0 localhost 22 eth1",
        "ServerA eth0 example.org 22 eth1",
        "ServerA eth0 $(id) 22 eth1",
        "ServerA eth0 0.0.0.0 22 eth1",
        "ServerA eth0 127.0.0.1 8 eth1",
        "ServerA eth0 224.0.0.1 24 eth1",
        "ServerA eth0 255.255.255.255 24 eth1",
        "ServerA eth0 10.0.0.5/22 22 eth1",
        "ServerA eth0 10.0.0.5 0 eth1",
        "ServerA eth0 10.0.0.5 33 eth1",
        "ServerA eth0 10.0.0.5 022 eth1",
        "ServerA eth0 10.0.0.5 -1 eth1",
        "ServerA eth0 10.0.0.5 /22 eth1",
        "ServerA eth0 10.0.0.5 00000000 eth1",
        "ServerA eth0 10.0.0.5 ffff00ff eth1",
        "ServerA eth0 10.0.0.5 fffffc0 eth1",
        "ServerA eth0 10.0.0.5 fffffc000 eth1",
        "ServerA eth0 10.0.0.5 fffffg00 eth1",
        "ServerA eth0 10.0.0.5 0xfffffc00 eth1",
        "ServerA eth0 10.0.0.5 255.0.255.0 eth1",
        "ServerA eth0 10.0.0.5 0.0.0.0 eth1",
        "ServerA eth0 10.0.0.5 255.255.252 eth1",
        "ServerA eth0 2001:db8::5 ffffff00 eth1",
        "ServerA eth0 2001:db8::5 129 eth1",
        "ServerA eth0 2001:db8::5 0 eth1",
        "ServerA eth0 2001:db8::5%eth0 64 eth1",
        "ServerA eth0 [2001:db8::5] 64 eth1",
        "ServerA eth0 2001:db8:::5 64 eth1",
        "ServerA eth0 2001::db8::5 64 eth1",
        "ServerA eth0 2001:db8:5 64 eth1",
        "ServerA eth0 1:2:3:4:5:6:7:8:9 64 eth1",
        "ServerA eth0 1:2:3:4:5:6:7:8: 64 eth1",
        "ServerA eth0 :1:2:3:4:5:6:7:8 64 eth1",
        "ServerA eth0 1:2:3:4::5:6:7:8 64 eth1",
        "ServerA eth0 2001:db8::12345 64 eth1",
        "ServerA eth0 2001:db8::g 64 eth1",
        "ServerA eth0 2001:db8::10.0.0.5:1 64 eth1",
        "ServerA eth0 10.0.0.5::1 64 eth1",
        "ServerA eth0 ::ffff:10.0.0.5 64 eth1",
        "ServerA eth0 :: 64 eth1",
        "ServerA eth0 ::1 64 eth1",
        "ServerA eth0 ff02::1 64 eth1",
        "ServerA eth0 : 64 eth1",
      })
  void anything_else_is_an_error_that_quotes_the_field(String info) {
    assertThatThrownBy(() -> InfoRecord.parse(info))
        .isInstanceOfSatisfying(
            Failure.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Failure.Kind.ILLEGAL);
              assertThat(e.problem()).contains(Quoted.of(info)).doesNotContain("\n");
            });
  }

  @Test
  void a_megabyte_is_refused_in_one_short_line() {
    assertThatThrownBy(() -> InfoRecord.parse("a ".repeat(500_000)))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.problem()).hasSizeLessThan(200));
  }
}
