// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.CatalogChangedParams;

/** {@link CatalogChangedParams} as JSON. */
final class CatalogChangedParamsJson {
    private CatalogChangedParamsJson() {}

    static CatalogChangedParams read(JsonNode json) {
        return new CatalogChangedParams(
                json.required("server", JsonNode::string),
                json.required("kinds", JsonNode.list(CatalogKindJson::read)));
    }

    static JsonElement write(CatalogChangedParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("kinds", value.kinds(), JsonFields.list(CatalogKindJson::write))
                .object();
    }
}
