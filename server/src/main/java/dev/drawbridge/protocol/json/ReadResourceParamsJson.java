// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ReadResourceParams;

/** {@link ReadResourceParams} as JSON. */
final class ReadResourceParamsJson {
    private ReadResourceParamsJson() {}

    static ReadResourceParams read(JsonNode json) {
        return new ReadResourceParams(
                json.required("server", JsonNode::string), json.required("uri", JsonNode::string));
    }

    static JsonElement write(ReadResourceParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("uri", value.uri(), JsonPrimitive::new)
                .object();
    }
}
