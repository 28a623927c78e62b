// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import dev.drawbridge.protocol.ListPromptsResult;

/** {@link ListPromptsResult} as JSON. */
final class ListPromptsResultJson {
    private ListPromptsResultJson() {}

    static ListPromptsResult read(JsonNode json) {
        return new ListPromptsResult(json.required("prompts", JsonNode.list(JsonNode::object)));
    }

    static JsonElement write(ListPromptsResult value) {
        return new JsonFields()
                .required("prompts", value.prompts(), JsonFields.list(JsonFields::untouched))
                .object();
    }
}
