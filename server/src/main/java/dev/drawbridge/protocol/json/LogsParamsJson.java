// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.LogsParams;

/** {@link LogsParams} as JSON. */
final class LogsParamsJson {
    private LogsParamsJson() {}

    static LogsParams read(JsonNode json) {
        return new LogsParams(json.optional("server", JsonNode::string), json.optional("limit", JsonNode::uinteger));
    }

    static JsonElement write(LogsParams value) {
        return new JsonFields()
                .optional("server", value.server(), JsonPrimitive::new)
                .optional("limit", value.limit(), JsonPrimitive::new)
                .object();
    }
}
