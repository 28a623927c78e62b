// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ProgressParams;

/** {@link ProgressParams} as JSON. */
final class ProgressParamsJson {
    private ProgressParamsJson() {}

    static ProgressParams read(JsonNode json) {
        return new ProgressParams(
                json.required("server", JsonNode::string),
                json.required("progressToken", JsonNode::string),
                json.required("progress", JsonNode::decimal),
                json.optional("total", JsonNode::decimal),
                json.optional("message", JsonNode::string));
    }

    static JsonElement write(ProgressParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("progressToken", value.progressToken(), JsonPrimitive::new)
                .required("progress", value.progress(), JsonPrimitive::new)
                .optional("total", value.total(), JsonPrimitive::new)
                .optional("message", value.message(), JsonPrimitive::new)
                .object();
    }
}
