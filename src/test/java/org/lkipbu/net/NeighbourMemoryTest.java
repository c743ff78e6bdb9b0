package org.lkipbu.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NeighbourMemoryTest {

  private static final ProtectedAddress ADDRESS =
      new ProtectedAddress(Addresses.parsed("fd00::50"), 64);

  @TempDir Path run;

  @Test
  void what_is_remembered_is_recalled() {
    List<Neighbour> neighbours =
        List.of(
            new Neighbour(Addresses.parsed("fd00::1"), "02:00:00:00:00:01", true),
            new Neighbour(Addresses.parsed("fd00::2"), "02:00:00:00:00:02", false));
    new NeighbourMemory(run).remember(ADDRESS, neighbours);
    assertThat(new NeighbourMemory(run).recall(ADDRESS)).isEqualTo(neighbours);
  }

  @Test
  void only_a_few_are_remembered() {
    List<Neighbour> neighbours = new ArrayList<>();
    for (int i = 1; i < 100; i++) {
      neighbours.add(new Neighbour(Addresses.parsed("fd00::" + i), "02:00:00:00:00:01", false));
    }
    new NeighbourMemory(run).remember(ADDRESS, neighbours);
    assertThat(new NeighbourMemory(run).recall(ADDRESS)).hasSize(16);
  }

  @Test
  void noise_is_not_recalled_and_a_folder_that_cannot_be_written_is_no_error() throws IOException {
    Path folder = Files.createDirectory(run.resolve("neighbours"));
    Files.writeString(folder.resolve("fd00::50"), "\u0000noise\nfd00::1\n\n10.0.0.1 x\n");
    assertThat(new NeighbourMemory(run).recall(ADDRESS))
        .extracting(one -> Addresses.text(one.address()))
        .containsExactly("10.0.0.1");
    Path file = Files.createFile(run.resolve("file"));
    new NeighbourMemory(file).remember(ADDRESS, List.of());
    assertThat(new NeighbourMemory(file).recall(ADDRESS)).isEmpty();
  }
}
