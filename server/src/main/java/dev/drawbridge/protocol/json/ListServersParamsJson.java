// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import dev.drawbridge.protocol.ListServersParams;

/** {@link ListServersParams} as JSON. */
final class ListServersParamsJson {
    private ListServersParamsJson() {}

    static ListServersParams read(JsonNode json) {
        json.object();
        return new ListServersParams();
    }

    static JsonElement write(ListServersParams value) {
        return new JsonFields().object();
    }
}
