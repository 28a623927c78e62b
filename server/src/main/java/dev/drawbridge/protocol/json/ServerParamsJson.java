// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ServerParams;

/** {@link ServerParams} as JSON. */
final class ServerParamsJson {
    private ServerParamsJson() {}

    static ServerParams read(JsonNode json) {
        return new ServerParams(json.required("server", JsonNode::string));
    }

    static JsonElement write(ServerParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .object();
    }
}
