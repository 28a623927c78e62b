package dev.drawbridge.config;

import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import java.util.Set;

/**
 * The digest a user's approval is bound to. Everything an entry says counts, known or not, so that no change slips by;
 * only switching it on and off does not.
 */
final class DefinitionDigest {
    private static final Set<String> SWITCHES = Set.of("disabled", "enabled");

    private DefinitionDigest() {}

    static String of(String name, JsonObject definition) {
        JsonObject counted = new JsonObject(
                definition.start(),
                definition.end(),
                definition.members().stream()
                        .filter(member -> !SWITCHES.contains(member.name()))
                        .toList(),
                true);
        StringBuilder text = new StringBuilder("drawbridge definition 1\n");
        CanonicalJson.quote(name, text);
        return Sha256.hex(text.append(CanonicalJson.of(counted)).toString());
    }
}
