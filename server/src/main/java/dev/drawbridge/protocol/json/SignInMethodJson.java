// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.SignInMethod;

/** {@link SignInMethod} as JSON. */
final class SignInMethodJson {
    private SignInMethodJson() {}

    static SignInMethod read(JsonNode json) {
        return SignInMethod.of(json.string()).orElseThrow(() -> json.expectedOneOf("browser, deviceCode"));
    }

    static JsonElement write(SignInMethod value) {
        return new JsonPrimitive(value.wire());
    }
}
