package org.lkipbu.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.lkipbu.net.Proof;
import org.lkipbu.ops.AddressView;
import org.lkipbu.ops.Health;
import org.lkipbu.ops.LastMoves.LastMove;

/**
 * Outcomes for programs. The form is that of {@code output.schema.json}, and {@code schema} names
 * its version: members may be added to it, and none of them removed or changed.
 */
final class JsonRenderer {

  private static final String SCHEMA = "lkipbu/1";

  private final ObjectMapper mapper = new ObjectMapper();

  /** {@code -s --json}. */
  String status(AddressView it) {
    ObjectNode root = root();
    root.set("instance", instance(it));
    return text(root);
  }

  /** {@code --list --json}. */
  String list(List<AddressView> all) {
    ObjectNode root = root();
    ArrayNode instances = root.putArray("instances");
    for (AddressView it : all) {
      instances.add(instance(it));
    }
    return text(root);
  }

  /** {@code --check --json}. */
  String health(Health health) {
    ObjectNode root = root();
    ObjectNode node =
        root.putObject("check")
            .put("tag", health.tag().value())
            .put("address", health.address().host())
            .put("interface", health.on().value())
            .put("healthy", health.healthy())
            .put("fault", health.fault().name())
            .put("reason", health.reason());
    if (health.proof().isPresent()) {
      Proof proof = health.proof().get();
      node.putObject("proof")
          .put("kind", proof.kind().name())
          .put("witness", proof.witness())
          .put("milliseconds", proof.took().toMillis());
    } else {
      node.putNull("proof");
    }
    node.put("putRight", health.putRight()).put("interrupted", health.interrupted());
    return text(root);
  }

  private ObjectNode root() {
    return mapper.createObjectNode().put("schema", SCHEMA);
  }

  private ObjectNode instance(AddressView it) {
    ObjectNode node =
        mapper
            .createObjectNode()
            .put("tag", it.tag().value())
            .put("address", it.address().host())
            .put("prefix", it.address().prefix())
            .put("netmask", it.netmask());
    node.putObject("primary").put("interface", it.primary().value()).put("up", it.up());
    if (it.backup().isPresent()) {
      node.putObject("backup").put("interface", it.backup().get().value()).put("ready", it.ready());
    } else {
      node.putNull("backup");
    }
    node.put("state", it.state().name())
        .put("inService", it.state().inService())
        .put("interrupted", it.interrupted());
    if (it.lastMove().isPresent()) {
      lastMove(node.putObject("lastMove"), it.lastMove().get());
    } else {
      node.putNull("lastMove");
    }
    return node;
  }

  private static void lastMove(ObjectNode node, LastMove move) {
    node.put("at", Instant.ofEpochMilli(move.atMillis()).toString())
        .put("from", move.from().value())
        .put("to", move.to().value())
        .put("asked", move.asked().name().toLowerCase(Locale.ROOT))
        .put("reason", move.reason())
        .put("milliseconds", move.tookMillis());
  }

  private String text(ObjectNode root) {
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
