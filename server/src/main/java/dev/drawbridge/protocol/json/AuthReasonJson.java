// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.AuthReason;

/** {@link AuthReason} as JSON. */
final class AuthReasonJson {
    private AuthReasonJson() {}

    static AuthReason read(JsonNode json) {
        return new AuthReason(
                json.required("kind", AuthReasonKindJson::read),
                json.required("scopes", JsonNode.list(JsonNode::string)),
                json.optional("requestedBy", JsonNode::string));
    }

    static JsonElement write(AuthReason value) {
        return new JsonFields()
                .required("kind", value.kind(), AuthReasonKindJson::write)
                .required("scopes", value.scopes(), JsonFields.list(JsonPrimitive::new))
                .optional("requestedBy", value.requestedBy(), JsonPrimitive::new)
                .object();
    }
}
