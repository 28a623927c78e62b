// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.AuthResult;

/** {@link AuthResult} as JSON. */
final class AuthResultJson {
    private AuthResultJson() {}

    static AuthResult read(JsonNode json) {
        JsonNode tag = json.required("kind", one -> one);
        return switch (tag.string()) {
            case "succeeded" -> new AuthResult.Succeeded(json.required("authentication", AuthenticationJson::read));
            case "failed" -> new AuthResult.Failed(json.required("failure", FailureJson::read));
            case "cancelled" -> new AuthResult.Cancelled();
            default -> throw tag.expectedOneOf("succeeded, failed, cancelled");
        };
    }

    static JsonElement write(AuthResult value) {
        return switch (value) {
            case AuthResult.Succeeded one ->
                new JsonFields()
                        .required("kind", "succeeded", JsonPrimitive::new)
                        .required("authentication", one.authentication(), AuthenticationJson::write)
                        .object();
            case AuthResult.Failed one ->
                new JsonFields()
                        .required("kind", "failed", JsonPrimitive::new)
                        .required("failure", one.failure(), FailureJson::write)
                        .object();
            case AuthResult.Cancelled _ ->
                new JsonFields()
                        .required("kind", "cancelled", JsonPrimitive::new)
                        .object();
        };
    }
}
