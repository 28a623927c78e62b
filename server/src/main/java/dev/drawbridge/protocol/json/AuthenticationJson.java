// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.protocol.Authentication;

/** {@link Authentication} as JSON. */
final class AuthenticationJson {
    private AuthenticationJson() {}

    static Authentication read(JsonNode json) {
        JsonNode tag = json.required("kind", one -> one);
        return switch (tag.string()) {
            case "none" -> new Authentication.None();
            case "unauthenticated" -> new Authentication.Unauthenticated();
            case "pending" -> new Authentication.Pending(json.required("flow", SignInFlowJson::read));
            case "authenticated" ->
                new Authentication.Authenticated(
                        json.required("issuer", JsonNode::uri),
                        json.optional("account", JsonNode::string),
                        json.required("scopes", JsonNode.list(JsonNode::string)),
                        json.optional("expiresAt", JsonNode::timestamp));
            default -> throw tag.expectedOneOf("none, unauthenticated, pending, authenticated");
        };
    }

    static JsonElement write(Authentication value) {
        return switch (value) {
            case Authentication.None _ ->
                new JsonFields().required("kind", "none", JsonPrimitive::new).object();
            case Authentication.Unauthenticated _ ->
                new JsonFields()
                        .required("kind", "unauthenticated", JsonPrimitive::new)
                        .object();
            case Authentication.Pending one ->
                new JsonFields()
                        .required("kind", "pending", JsonPrimitive::new)
                        .required("flow", one.flow(), SignInFlowJson::write)
                        .object();
            case Authentication.Authenticated one ->
                new JsonFields()
                        .required("kind", "authenticated", JsonPrimitive::new)
                        .required("issuer", one.issuer(), JsonFields::text)
                        .optional("account", one.account(), JsonPrimitive::new)
                        .required("scopes", one.scopes(), JsonFields.list(JsonPrimitive::new))
                        .optional("expiresAt", one.expiresAt(), JsonFields::text)
                        .object();
        };
    }
}
