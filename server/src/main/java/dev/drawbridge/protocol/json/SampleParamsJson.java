// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.SampleParams;

/** {@link SampleParams} as JSON. */
final class SampleParamsJson {
    private SampleParamsJson() {}

    static SampleParams read(JsonNode json) {
        return new SampleParams(json.required("server", JsonNode::string), json.required("params", JsonNode::object));
    }

    static JsonElement write(SampleParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("params", value.params(), JsonFields::untouched)
                .object();
    }
}
