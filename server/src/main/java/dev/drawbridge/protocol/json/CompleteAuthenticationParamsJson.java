// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.CompleteAuthenticationParams;

/** {@link CompleteAuthenticationParams} as JSON. */
final class CompleteAuthenticationParamsJson {
    private CompleteAuthenticationParamsJson() {}

    static CompleteAuthenticationParams read(JsonNode json) {
        return new CompleteAuthenticationParams(
                json.required("flowId", JsonNode::string), json.required("callbackUrl", JsonNode::string));
    }

    static JsonElement write(CompleteAuthenticationParams value) {
        return new JsonFields()
                .required("flowId", value.flowId(), JsonPrimitive::new)
                .required("callbackUrl", value.callbackUrl(), JsonPrimitive::new)
                .object();
    }
}
