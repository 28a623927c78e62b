// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import dev.drawbridge.protocol.AuthRequiredParams;

/** {@link AuthRequiredParams} as JSON. */
final class AuthRequiredParamsJson {
    private AuthRequiredParamsJson() {}

    static AuthRequiredParams read(JsonNode json) {
        return new AuthRequiredParams(json.required("servers", JsonNode.list(ServerJson::read)));
    }

    static JsonElement write(AuthRequiredParams value) {
        return new JsonFields()
                .required("servers", value.servers(), JsonFields.list(ServerJson::write))
                .object();
    }
}
