// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import dev.drawbridge.protocol.ExternalUriResult;

/** {@link ExternalUriResult} as JSON. */
final class ExternalUriResultJson {
    private ExternalUriResultJson() {}

    static ExternalUriResult read(JsonNode json) {
        return new ExternalUriResult(json.required("uri", JsonNode::uri));
    }

    static JsonElement write(ExternalUriResult value) {
        return new JsonFields().required("uri", value.uri(), JsonFields::text).object();
    }
}
