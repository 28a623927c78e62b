// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ElicitParams;

/** {@link ElicitParams} as JSON. */
final class ElicitParamsJson {
    private ElicitParamsJson() {}

    static ElicitParams read(JsonNode json) {
        return new ElicitParams(
                json.required("server", JsonNode::string), json.required("request", ElicitRequestJson::read));
    }

    static JsonElement write(ElicitParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("request", value.request(), ElicitRequestJson::write)
                .object();
    }
}
