// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import dev.drawbridge.protocol.StatusChangedParams;

/** {@link StatusChangedParams} as JSON. */
final class StatusChangedParamsJson {
    private StatusChangedParamsJson() {}

    static StatusChangedParams read(JsonNode json) {
        return new StatusChangedParams(json.required("servers", JsonNode.list(ServerJson::read)));
    }

    static JsonElement write(StatusChangedParams value) {
        return new JsonFields()
                .required("servers", value.servers(), JsonFields.list(ServerJson::write))
                .object();
    }
}
