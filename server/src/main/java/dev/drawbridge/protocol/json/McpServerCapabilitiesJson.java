// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.McpServerCapabilities;

/** {@link McpServerCapabilities} as JSON. */
final class McpServerCapabilitiesJson {
    private McpServerCapabilitiesJson() {}

    static McpServerCapabilities read(JsonNode json) {
        return new McpServerCapabilities(
                json.required("version", JsonNode::string), json.required("methods", JsonNode.list(JsonNode::string)));
    }

    static JsonElement write(McpServerCapabilities value) {
        return new JsonFields()
                .required("version", value.version(), JsonPrimitive::new)
                .required("methods", value.methods(), JsonFields.list(JsonPrimitive::new))
                .object();
    }
}
