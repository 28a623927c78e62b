// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import dev.drawbridge.protocol.ListToolsResult;

/** {@link ListToolsResult} as JSON. */
final class ListToolsResultJson {
    private ListToolsResultJson() {}

    static ListToolsResult read(JsonNode json) {
        return new ListToolsResult(json.required("tools", JsonNode.list(JsonNode::object)));
    }

    static JsonElement write(ListToolsResult value) {
        return new JsonFields()
                .required("tools", value.tools(), JsonFields.list(JsonFields::untouched))
                .object();
    }
}
