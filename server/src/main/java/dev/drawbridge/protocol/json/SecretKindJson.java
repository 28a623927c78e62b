// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.SecretKind;

/** {@link SecretKind} as JSON. */
final class SecretKindJson {
    private SecretKindJson() {}

    static SecretKind read(JsonNode json) {
        return SecretKind.of(json.string()).orElseThrow(() -> json.expectedOneOf("keyring, input"));
    }

    static JsonElement write(SecretKind value) {
        return new JsonPrimitive(value.wire());
    }
}
