// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ServerNotificationParams;

/** {@link ServerNotificationParams} as JSON. */
final class ServerNotificationParamsJson {
    private ServerNotificationParamsJson() {}

    static ServerNotificationParams read(JsonNode json) {
        return new ServerNotificationParams(
                json.required("server", JsonNode::string),
                json.required("method", JsonNode::string),
                json.optional("params", JsonNode::object));
    }

    static JsonElement write(ServerNotificationParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("method", value.method(), JsonPrimitive::new)
                .optional("params", value.params(), JsonFields::untouched)
                .object();
    }
}
