// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.AccessTokenResult;

/** {@link AccessTokenResult} as JSON. */
final class AccessTokenResultJson {
    private AccessTokenResultJson() {}

    static AccessTokenResult read(JsonNode json) {
        return new AccessTokenResult(
                json.required("accessToken", JsonNode::string), json.optional("expiresAt", JsonNode::timestamp));
    }

    static JsonElement write(AccessTokenResult value) {
        return new JsonFields()
                .required("accessToken", value.accessToken(), JsonPrimitive::new)
                .optional("expiresAt", value.expiresAt(), JsonFields::text)
                .object();
    }
}
