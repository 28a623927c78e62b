// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.RequestParams;

/** {@link RequestParams} as JSON. */
final class RequestParamsJson {
    private RequestParamsJson() {}

    static RequestParams read(JsonNode json) {
        return new RequestParams(
                json.required("server", JsonNode::string),
                json.required("method", JsonNode::string),
                json.optional("params", JsonNode::object),
                json.optional("progressToken", JsonNode::string),
                json.optional("timeoutMs", JsonNode::uinteger),
                json.optional("requestedBy", JsonNode::string));
    }

    static JsonElement write(RequestParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("method", value.method(), JsonPrimitive::new)
                .optional("params", value.params(), JsonFields::untouched)
                .optional("progressToken", value.progressToken(), JsonPrimitive::new)
                .optional("timeoutMs", value.timeoutMs(), JsonPrimitive::new)
                .optional("requestedBy", value.requestedBy(), JsonPrimitive::new)
                .object();
    }
}
