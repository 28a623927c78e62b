// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.SignInFlow;

/** {@link SignInFlow} as JSON. */
final class SignInFlowJson {
    private SignInFlowJson() {}

    static SignInFlow read(JsonNode json) {
        return new SignInFlow(
                json.required("flowId", JsonNode::string),
                json.required("server", JsonNode::string),
                json.required("authorizationUrl", JsonNode::uri),
                json.required("expiresAt", JsonNode::timestamp),
                json.optional("userCode", JsonNode::string));
    }

    static JsonElement write(SignInFlow value) {
        return new JsonFields()
                .required("flowId", value.flowId(), JsonPrimitive::new)
                .required("server", value.server(), JsonPrimitive::new)
                .required("authorizationUrl", value.authorizationUrl(), JsonFields::text)
                .required("expiresAt", value.expiresAt(), JsonFields::text)
                .optional("userCode", value.userCode(), JsonPrimitive::new)
                .object();
    }
}
