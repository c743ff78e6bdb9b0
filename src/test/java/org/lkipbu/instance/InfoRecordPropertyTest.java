package org.lkipbu.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.lkipbu.host.Failure;

class InfoRecordPropertyTest {

  @Property
  void whatever_is_parsed_is_written_back_byte_for_byte(@ForAll("infos") String info) {
    assertThat(InfoRecord.parse(info).format()).isEqualTo(info);
  }

  @Property
  void swapping_twice_changes_nothing(@ForAll("infos") String info) {
    InfoRecord record = InfoRecord.parse(info);
    Assume.that(record.backup().isPresent());

    assertThat(record.swapped().swapped()).isEqualTo(record);
  }

  @Property
  void four_values_read_as_the_same_five_with_none(@ForAll("infos") String info) {
    String four = info.substring(0, info.lastIndexOf(' '));

    assertThat(InfoRecord.parse(four).format()).isEqualTo(four + " none");
  }

  @Property
  void noise_is_either_refused_or_written_back(@ForAll String noise) {
    try {
      InfoRecord record = InfoRecord.parse(noise);
      assertThat(record.format()).startsWith(noise);
    } catch (Failure e) {
      assertThat(e.kind()).isEqualTo(Failure.Kind.ILLEGAL);
    }
  }

  @Property
  void one_changed_character_is_either_refused_or_written_back(
      @ForAll("infos") String info, @ForAll char changed, @ForAll("positions") int position) {
    int at = position % info.length();
    String damaged = info.substring(0, at) + changed + info.substring(at + 1);
    noise_is_either_refused_or_written_back(damaged);
  }

  @Property
  void addresses_are_read_as_the_jdk_reads_them(@ForAll("addresses") String text)
      throws UnknownHostException {
    assertThat(new IpLiteral(text).address()).isEqualTo(InetAddress.getByName(text));
  }

  @Property
  void the_three_forms_of_a_mask_mean_the_same(@ForAll("prefixes") int prefix) {
    Netmask short_ = new Netmask(Integer.toString(prefix), false);
    Netmask hex = new Netmask(String.format("%08x", -1 << 32 - prefix), false);
    Netmask dotted = new Netmask(short_.shown(), false);

    assertThat(hex.prefixLength()).isEqualTo(prefix);
    assertThat(dotted.prefixLength()).isEqualTo(prefix);
    assertThat(hex.shown()).isEqualTo(dotted.text());
  }

  @Provide
  Arbitrary<Integer> prefixes() {
    return Arbitraries.integers().between(1, 32);
  }

  @Provide
  Arbitrary<Integer> positions() {
    return Arbitraries.integers().between(0, 1000);
  }

  @Provide
  Arbitrary<String> addresses() {
    return Arbitraries.oneOf(ipv4(), ipv6());
  }

  @Provide
  Arbitrary<String> infos() {
    Arbitrary<String> ipv4 =
        Combinators.combine(ipv4(), masks()).as((address, mask) -> address + " " + mask);
    Arbitrary<String> ipv6 =
        Combinators.combine(ipv6(), Arbitraries.integers().between(1, 128))
            .as((address, prefix) -> address + " " + prefix);
    return Combinators.combine(
            servers(), interfaces(), Arbitraries.oneOf(ipv4, ipv6), interfaces(), flags())
        .as(
            (server, primary, network, backup, none) ->
                server
                    + " "
                    + primary
                    + " "
                    + network
                    + " "
                    + (none || backup.equals(primary) ? "none" : backup));
  }

  private Arbitrary<Boolean> flags() {
    return Arbitraries.of(true, false);
  }

  private Arbitrary<String> servers() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .ofMinLength(1)
        .ofMaxLength(40)
        .filter(name -> !name.startsWith("-"));
  }

  private Arbitrary<String> interfaces() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .excludeChars('/', ':')
        .ofMinLength(1)
        .ofMaxLength(15)
        .filter(
            name ->
                !name.startsWith("-")
                    && !name.equals("none")
                    && !name.equals(".")
                    && !name.equals(".."));
  }

  private Arbitrary<String> ipv4() {
    Arbitrary<Integer> octet = Arbitraries.integers().between(0, 255);
    return Combinators.combine(Arbitraries.integers().between(1, 126), octet, octet, octet)
        .as((a, b, c, d) -> a + "." + b + "." + c + "." + d);
  }

  private Arbitrary<String> ipv6() {
    Arbitrary<String> group =
        Combinators.combine(
                Arbitraries.integers().between(0, 0xffff), Arbitraries.of("%x", "%X", "%04x"))
            .as((value, form) -> String.format(form, value));
    Arbitrary<String> full =
        group.list().ofSize(7).map(groups -> "2001:" + String.join(":", groups));
    Arbitrary<String> short_ =
        Combinators.combine(
                group.list().ofMinSize(0).ofMaxSize(3), group.list().ofMinSize(0).ofMaxSize(3))
            .as(
                (head, tail) ->
                    "fd00"
                        + String.join("", head.stream().map(g -> ":" + g).toList())
                        + "::"
                        + String.join(":", tail));
    Arbitrary<String> dotted = ipv4().map(quad -> "64:ff9b::" + quad);
    return Arbitraries.oneOf(full, short_, dotted);
  }

  private Arbitrary<String> masks() {
    return Combinators.combine(prefixes(), Arbitraries.of("%08x", "%08X", "dotted", "prefix"))
        .as(
            (prefix, form) -> {
              if (form.equals("prefix")) {
                return Integer.toString(prefix);
              }
              if (form.equals("dotted")) {
                return new Netmask(Integer.toString(prefix), false).shown();
              }
              return String.format(form, -1 << 32 - prefix);
            });
  }
}
