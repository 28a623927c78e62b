// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.CatalogCounts;

/** {@link CatalogCounts} as JSON. */
final class CatalogCountsJson {
    private CatalogCountsJson() {}

    static CatalogCounts read(JsonNode json) {
        return new CatalogCounts(
                json.required("tools", JsonNode::uinteger),
                json.required("resources", JsonNode::uinteger),
                json.required("resourceTemplates", JsonNode::uinteger),
                json.required("prompts", JsonNode::uinteger));
    }

    static JsonElement write(CatalogCounts value) {
        return new JsonFields()
                .required("tools", value.tools(), JsonPrimitive::new)
                .required("resources", value.resources(), JsonPrimitive::new)
                .required("resourceTemplates", value.resourceTemplates(), JsonPrimitive::new)
                .required("prompts", value.prompts(), JsonPrimitive::new)
                .object();
    }
}
