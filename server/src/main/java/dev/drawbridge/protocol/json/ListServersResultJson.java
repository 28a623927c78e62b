// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import dev.drawbridge.protocol.ListServersResult;

/** {@link ListServersResult} as JSON. */
final class ListServersResultJson {
    private ListServersResultJson() {}

    static ListServersResult read(JsonNode json) {
        return new ListServersResult(json.required("servers", JsonNode.list(ServerJson::read)));
    }

    static JsonElement write(ListServersResult value) {
        return new JsonFields()
                .required("servers", value.servers(), JsonFields.list(ServerJson::write))
                .object();
    }
}
