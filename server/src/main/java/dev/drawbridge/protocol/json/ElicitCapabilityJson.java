// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ElicitCapability;

/** {@link ElicitCapability} as JSON. */
final class ElicitCapabilityJson {
    private ElicitCapabilityJson() {}

    static ElicitCapability read(JsonNode json) {
        return new ElicitCapability(json.optional("form", JsonNode::bool), json.optional("url", JsonNode::bool));
    }

    static JsonElement write(ElicitCapability value) {
        return new JsonFields()
                .optional("form", value.form(), JsonPrimitive::new)
                .optional("url", value.url(), JsonPrimitive::new)
                .object();
    }
}
