// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.GetPromptParams;

/** {@link GetPromptParams} as JSON. */
final class GetPromptParamsJson {
    private GetPromptParamsJson() {}

    static GetPromptParams read(JsonNode json) {
        return new GetPromptParams(
                json.required("server", JsonNode::string),
                json.required("name", JsonNode::string),
                json.optional("arguments", JsonNode.map(JsonNode::string)));
    }

    static JsonElement write(GetPromptParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("name", value.name(), JsonPrimitive::new)
                .optional("arguments", value.arguments(), JsonFields.map(JsonPrimitive::new))
                .object();
    }
}
