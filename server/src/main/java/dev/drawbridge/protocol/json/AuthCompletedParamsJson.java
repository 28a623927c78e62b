// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.AuthCompletedParams;

/** {@link AuthCompletedParams} as JSON. */
final class AuthCompletedParamsJson {
    private AuthCompletedParamsJson() {}

    static AuthCompletedParams read(JsonNode json) {
        return new AuthCompletedParams(
                json.required("server", JsonNode::string),
                json.required("flowId", JsonNode::string),
                json.required("result", AuthResultJson::read));
    }

    static JsonElement write(AuthCompletedParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("flowId", value.flowId(), JsonPrimitive::new)
                .required("result", value.result(), AuthResultJson::write)
                .object();
    }
}
