// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.SetEnabledParams;

/** {@link SetEnabledParams} as JSON. */
final class SetEnabledParamsJson {
    private SetEnabledParamsJson() {}

    static SetEnabledParams read(JsonNode json) {
        return new SetEnabledParams(
                json.required("server", JsonNode::string), json.required("enabled", JsonNode::bool));
    }

    static JsonElement write(SetEnabledParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("enabled", value.enabled(), JsonPrimitive::new)
                .object();
    }
}
