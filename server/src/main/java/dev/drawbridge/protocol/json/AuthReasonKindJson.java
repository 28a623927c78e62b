// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.AuthReasonKind;

/** {@link AuthReasonKind} as JSON. */
final class AuthReasonKindJson {
    private AuthReasonKindJson() {}

    static AuthReasonKind read(JsonNode json) {
        return AuthReasonKind.of(json.string())
                .orElseThrow(() -> json.expectedOneOf("signInNeeded, expired, insufficientScope, issuerChanged"));
    }

    static JsonElement write(AuthReasonKind value) {
        return new JsonPrimitive(value.wire());
    }
}
