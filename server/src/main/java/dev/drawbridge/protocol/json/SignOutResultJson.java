// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.SignOutResult;

/** {@link SignOutResult} as JSON. */
final class SignOutResultJson {
    private SignOutResultJson() {}

    static SignOutResult read(JsonNode json) {
        return new SignOutResult(json.required("revoked", JsonNode::bool));
    }

    static JsonElement write(SignOutResult value) {
        return new JsonFields()
                .required("revoked", value.revoked(), JsonPrimitive::new)
                .object();
    }
}
