// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ConfigScope;

/** {@link ConfigScope} as JSON. */
final class ConfigScopeJson {
    private ConfigScopeJson() {}

    static ConfigScope read(JsonNode json) {
        return ConfigScope.of(json.string()).orElseThrow(() -> json.expectedOneOf("user, workspace"));
    }

    static JsonElement write(ConfigScope value) {
        return new JsonPrimitive(value.wire());
    }
}
