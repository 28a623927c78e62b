// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.CallToolParams;

/** {@link CallToolParams} as JSON. */
final class CallToolParamsJson {
    private CallToolParamsJson() {}

    static CallToolParams read(JsonNode json) {
        return new CallToolParams(
                json.required("server", JsonNode::string),
                json.required("name", JsonNode::string),
                json.optional("arguments", JsonNode::object),
                json.optional("progressToken", JsonNode::string),
                json.optional("timeoutMs", JsonNode::uinteger),
                json.optional("requestedBy", JsonNode::string));
    }

    static JsonElement write(CallToolParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("name", value.name(), JsonPrimitive::new)
                .optional("arguments", value.arguments(), JsonFields::untouched)
                .optional("progressToken", value.progressToken(), JsonPrimitive::new)
                .optional("timeoutMs", value.timeoutMs(), JsonPrimitive::new)
                .optional("requestedBy", value.requestedBy(), JsonPrimitive::new)
                .object();
    }
}
