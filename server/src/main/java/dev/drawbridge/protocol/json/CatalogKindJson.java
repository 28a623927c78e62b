// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.CatalogKind;

/** {@link CatalogKind} as JSON. */
final class CatalogKindJson {
    private CatalogKindJson() {}

    static CatalogKind read(JsonNode json) {
        return CatalogKind.of(json.string())
                .orElseThrow(() -> json.expectedOneOf("tools, resources, resourceTemplates, prompts"));
    }

    static JsonElement write(CatalogKind value) {
        return new JsonPrimitive(value.wire());
    }
}
