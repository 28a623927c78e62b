// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.AuthenticateParams;

/** {@link AuthenticateParams} as JSON. */
final class AuthenticateParamsJson {
    private AuthenticateParamsJson() {}

    static AuthenticateParams read(JsonNode json) {
        return new AuthenticateParams(
                json.required("server", JsonNode::string), json.optional("method", SignInMethodJson::read));
    }

    static JsonElement write(AuthenticateParams value) {
        return new JsonFields()
                .required("server", value.server(), JsonPrimitive::new)
                .optional("method", value.method(), SignInMethodJson::write)
                .object();
    }
}
