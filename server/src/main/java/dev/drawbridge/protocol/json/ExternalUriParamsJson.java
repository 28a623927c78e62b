// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.ExternalUriParams;

/** {@link ExternalUriParams} as JSON. */
final class ExternalUriParamsJson {
    private ExternalUriParamsJson() {}

    static ExternalUriParams read(JsonNode json) {
        return new ExternalUriParams(json.required("server", JsonNode::string), json.required("uri", JsonNode::uri));
    }

    static JsonElement write(ExternalUriParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .required("uri", value.uri(), JsonFields::text)
                .object();
    }
}
