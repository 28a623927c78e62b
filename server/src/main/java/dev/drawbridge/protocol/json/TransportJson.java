// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.Transport;

/** {@link Transport} as JSON. */
final class TransportJson {
    private TransportJson() {}

    static Transport read(JsonNode json) {
        return Transport.of(json.string()).orElseThrow(() -> json.expectedOneOf("stdio, http, sse"));
    }

    static JsonElement write(Transport value) {
        return new JsonPrimitive(value.wire());
    }
}
