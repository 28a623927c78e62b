// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.McpClientCapabilities;

/** {@link McpClientCapabilities} as JSON. */
final class McpClientCapabilitiesJson {
    private McpClientCapabilitiesJson() {}

    static McpClientCapabilities read(JsonNode json) {
        return new McpClientCapabilities(
                json.required("version", JsonNode::string),
                json.optional("authRequired", JsonNode::bool),
                json.optional("authCompleted", JsonNode::bool),
                json.optional("statusChanged", JsonNode::bool),
                json.optional("catalogChanged", JsonNode::bool),
                json.optional("progress", JsonNode::bool),
                json.optional("log", JsonNode::bool),
                json.optional("serverNotification", JsonNode::bool),
                json.optional("elicit", ElicitCapabilityJson::read),
                json.optional("sample", JsonNode::bool),
                json.optional("externalUri", JsonNode::bool));
    }

    static JsonElement write(McpClientCapabilities value) {
        return new JsonFields()
                .required("version", value.version(), JsonPrimitive::new)
                .optional("authRequired", value.authRequired(), JsonPrimitive::new)
                .optional("authCompleted", value.authCompleted(), JsonPrimitive::new)
                .optional("statusChanged", value.statusChanged(), JsonPrimitive::new)
                .optional("catalogChanged", value.catalogChanged(), JsonPrimitive::new)
                .optional("progress", value.progress(), JsonPrimitive::new)
                .optional("log", value.log(), JsonPrimitive::new)
                .optional("serverNotification", value.serverNotification(), JsonPrimitive::new)
                .optional("elicit", value.elicit(), ElicitCapabilityJson::write)
                .optional("sample", value.sample(), JsonPrimitive::new)
                .optional("externalUri", value.externalUri(), JsonPrimitive::new)
                .object();
    }
}
