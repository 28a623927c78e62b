// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ServerError;

/** {@link ServerError} as JSON. */
final class ServerErrorJson {
    private ServerErrorJson() {}

    static ServerError read(JsonNode json) {
        return new ServerError(
                json.required("code", JsonNode::integer),
                json.required("message", JsonNode::string),
                json.optional("data", JsonNode::element));
    }

    static JsonElement write(ServerError value) {
        return new JsonFields()
                .required("code", value.code(), JsonPrimitive::new)
                .required("message", value.message(), JsonPrimitive::new)
                .optional("data", value.data(), JsonFields::untouched)
                .object();
    }
}
