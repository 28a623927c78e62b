// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.CompleteParams;

/** {@link CompleteParams} as JSON. */
final class CompleteParamsJson {
    private CompleteParamsJson() {}

    static CompleteParams read(JsonNode json) {
        return new CompleteParams(
                json.required("server", JsonNode::string),
                json.required("ref", JsonNode::object),
                json.required("argument", JsonNode::object),
                json.optional("context", JsonNode::object));
    }

    static JsonElement write(CompleteParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("ref", value.ref(), JsonFields::untouched)
                .required("argument", value.argument(), JsonFields::untouched)
                .optional("context", value.context(), JsonFields::untouched)
                .object();
    }
}
