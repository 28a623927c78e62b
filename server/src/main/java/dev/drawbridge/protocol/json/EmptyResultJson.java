// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import dev.drawbridge.protocol.EmptyResult;

/** {@link EmptyResult} as JSON. */
final class EmptyResultJson {
    private EmptyResultJson() {}

    static EmptyResult read(JsonNode json) {
        json.object();
        return new EmptyResult();
    }

    static JsonElement write(EmptyResult value) {
        return new JsonFields().object();
    }
}
