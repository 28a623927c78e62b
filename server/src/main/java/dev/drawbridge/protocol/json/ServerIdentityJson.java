// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ServerIdentity;

/** {@link ServerIdentity} as JSON. */
final class ServerIdentityJson {
    private ServerIdentityJson() {}

    static ServerIdentity read(JsonNode json) {
        return new ServerIdentity(
                json.required("name", JsonNode::string),
                json.required("version", JsonNode::string),
                json.optional("title", JsonNode::string),
                json.required("protocolVersion", JsonNode::string),
                json.optional("instructions", JsonNode::string),
                json.required("capabilities", JsonNode.list(JsonNode::string)));
    }

    static JsonElement write(ServerIdentity value) {
        return new JsonFields()
                .required("name", value.name(), JsonPrimitive::new)
                .required("version", value.version(), JsonPrimitive::new)
                .optional("title", value.title(), JsonPrimitive::new)
                .required("protocolVersion", value.protocolVersion(), JsonPrimitive::new)
                .optional("instructions", value.instructions(), JsonPrimitive::new)
                .required("capabilities", value.capabilities(), JsonFields.list(JsonPrimitive::new))
                .object();
    }
}
