// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ApproveParams;

/** {@link ApproveParams} as JSON. */
final class ApproveParamsJson {
    private ApproveParamsJson() {}

    static ApproveParams read(JsonNode json) {
        return new ApproveParams(
                json.required("server", JsonNode::string), json.required("definitionDigest", JsonNode::string));
    }

    static JsonElement write(ApproveParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("definitionDigest", value.definitionDigest(), JsonPrimitive::new)
                .object();
    }
}
