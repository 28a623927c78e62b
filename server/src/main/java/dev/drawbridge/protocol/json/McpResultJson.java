// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import dev.drawbridge.protocol.McpResult;

/** {@link McpResult} as JSON. */
final class McpResultJson {
    private McpResultJson() {}

    static McpResult read(JsonNode json) {
        return new McpResult(json.required("result", JsonNode::element));
    }

    static JsonElement write(McpResult value) {
        return new JsonFields()
                .required("result", value.result(), JsonFields::untouched)
                .object();
    }
}
