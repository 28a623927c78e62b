// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.Failure;

/** {@link Failure} as JSON. */
final class FailureJson {
    private FailureJson() {}

    static Failure read(JsonNode json) {
        return new Failure(
                json.required("code", JsonNode::string),
                json.required("message", JsonNode::string),
                json.required("action", JsonNode::string),
                json.optional("url", JsonNode::uri));
    }

    static JsonElement write(Failure value) {
        return new JsonFields()
                .required("code", value.code(), JsonPrimitive::new)
                .required("message", value.message(), JsonPrimitive::new)
                .required("action", value.action(), JsonPrimitive::new)
                .optional("url", value.url(), JsonFields::text)
                .object();
    }
}
