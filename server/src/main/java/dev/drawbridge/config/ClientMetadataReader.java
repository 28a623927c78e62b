package dev.drawbridge.config;

import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsonNode.JsonArray;
import dev.drawbridge.config.jsonc.JsonNode.JsonString;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code oauth.clientMetadata}: members of the registration request (RFC 7591 section 2), taken as written and without
 * variables. What is decided elsewhere is left out and said.
 */
final class ClientMetadataReader {
    private static final Map<String, String> ELSEWHERE = Map.of(
            "redirect_uris", "the redirect URI is told by \"redirectUri\" or \"callbackPort\"",
            "response_types", "a sign-in needs an authorization code",
            "token_endpoint_auth_method", "it is told by \"tokenEndpointAuthMethod\"",
            "client_id", "a client that is registered already is told by \"clientId\"",
            "client_secret", "a client that is registered already is told by \"clientId\"");

    private static final Set<String> SIGN_IN_GRANTS =
            Set.of("authorization_code", "urn:ietf:params:oauth:grant-type:device_code");

    private ClientMetadataReader() {}

    /** Each member as a JSON text. */
    static Map<String, String> read(Members object) {
        Map<String, String> members = new LinkedHashMap<>();
        for (Member member : object.all()) {
            String name = member.name();
            if (ELSEWHERE.containsKey(name)) {
                unused(
                        object,
                        member,
                        "The key \"" + name + "\" has no effect here: " + ELSEWHERE.getOrDefault(name, "") + ".");
            } else if (name.equals("grant_types") && !signsIn(member.value())) {
                unused(
                        object,
                        member,
                        "\"grant_types\" has no effect without \"authorization_code\": nobody could sign in.");
            } else {
                members.put(name, CanonicalJson.of(member.value()));
            }
        }
        return members;
    }

    private static void unused(Members object, Member member, String sentence) {
        object.problems().warning(member.key(), "config.unusedKey", sentence);
    }

    private static boolean signsIn(JsonNode grants) {
        return grants instanceof JsonArray array
                && array.items().stream()
                        .anyMatch(item -> item instanceof JsonString grant && SIGN_IN_GRANTS.contains(grant.value()));
    }
}
