// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.CancelAuthenticationParams;

/** {@link CancelAuthenticationParams} as JSON. */
final class CancelAuthenticationParamsJson {
    private CancelAuthenticationParamsJson() {}

    static CancelAuthenticationParams read(JsonNode json) {
        return new CancelAuthenticationParams(json.required("flowId", JsonNode::string));
    }

    static JsonElement write(CancelAuthenticationParams value) {
        return new JsonFields()
                .required("flowId", value.flowId(), JsonPrimitive::new)
                .object();
    }
}
