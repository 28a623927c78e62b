// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import dev.drawbridge.protocol.ListResourcesResult;

/** {@link ListResourcesResult} as JSON. */
final class ListResourcesResultJson {
    private ListResourcesResultJson() {}

    static ListResourcesResult read(JsonNode json) {
        return new ListResourcesResult(
                json.required("resources", JsonNode.list(JsonNode::object)),
                json.required("resourceTemplates", JsonNode.list(JsonNode::object)));
    }

    static JsonElement write(ListResourcesResult value) {
        return new JsonFields()
                .required("resources", value.resources(), JsonFields.list(JsonFields::untouched))
                .required("resourceTemplates", value.resourceTemplates(), JsonFields.list(JsonFields::untouched))
                .object();
    }
}
