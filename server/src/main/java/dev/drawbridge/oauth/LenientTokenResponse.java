package dev.drawbridge.oauth;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads token responses the way servers in the wild write them, and hands Nimbus what the standard asks for (RFC 6749
 * section 5): no content type, form encoding, null members, a lifetime as text, no {@code token_type}, and errors with
 * status 200.
 */
final class LenientTokenResponse {
    /** Seconds, a hundred years: what is longer means for ever, and is no moment Java could name. */
    private static final long LONGEST_LIFE = 3_155_760_000L;

    private LenientTokenResponse() {}

    /** The members of a response, whichever way they are encoded; empty when it is neither JSON nor a form. */
    static Optional<JsonObject> read(String body) {
        String text = body.strip();
        Optional<JsonObject> object = text.startsWith("{") ? Json.object(text) : form(text);
        object.ifPresent(members ->
                members.entrySet().removeIf(member -> member.getValue().isJsonNull()));
        return object;
    }

    /** Empty when there is no usable access token in it. */
    static Optional<TokenGrant> grant(JsonObject members) {
        JsonObject standard = new JsonObject();
        Json.string(members, "access_token").ifPresent(token -> standard.addProperty("access_token", token));
        Json.string(members, "refresh_token")
                .filter(token -> !token.isEmpty())
                .ifPresent(token -> standard.addProperty("refresh_token", token));
        boolean dpop = Json.string(members, "token_type")
                .filter(type -> type.equalsIgnoreCase("DPoP"))
                .isPresent();
        standard.addProperty("token_type", dpop ? "DPoP" : "Bearer");
        Json.whole(members, "expires_in")
                .filter(seconds -> seconds > 0)
                .ifPresent(seconds -> standard.addProperty("expires_in", Math.min(seconds, LONGEST_LIFE)));
        scope(members).ifPresent(scope -> standard.addProperty("scope", scope));
        try {
            AccessTokenResponse response = AccessTokenResponse.parse(JSONObjectUtils.parse(standard.toString()));
            return grant(response, dpop, members);
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<TokenGrant> grant(AccessTokenResponse response, boolean dpop, JsonObject members) {
        AccessToken access = response.getTokens().getAccessToken();
        RefreshToken refresh = response.getTokens().getRefreshToken();
        if (!isVisible(access.getValue())) {
            return Optional.empty();
        }
        Optional<Set<String>> scopes =
                Optional.ofNullable(access.getScope()).map(scope -> new LinkedHashSet<>(scope.toStringList()));
        return Optional.of(new TokenGrant(
                new Secret(access.getValue()),
                dpop ? "DPoP" : "Bearer",
                access.getLifetime() > 0 ? Optional.of(Duration.ofSeconds(access.getLifetime())) : Optional.empty(),
                Optional.ofNullable(refresh).map(token -> new Secret(token.getValue())),
                scopes,
                Json.string(members, "issued_token_type"),
                Json.string(members, "id_token")
                        .filter(LenientTokenResponse::isVisible)
                        .map(Secret::new)));
    }

    /** A token becomes a header's value: anything but visible ASCII could forge other headers. */
    private static boolean isVisible(String token) {
        return token.matches("[\\x21-\\x7e]+");
    }

    private static Optional<String> scope(JsonObject members) {
        return Json.string(members, "scope")
                .or(() -> Json.strings(members, "scope").map(scopes -> String.join(" ", scopes)))
                .map(scope -> scope.replace(',', ' ').strip())
                .filter(scope -> !scope.isEmpty());
    }

    private static Optional<JsonObject> form(String text) {
        if (!text.contains("=") || text.startsWith("<")) {
            return Optional.empty();
        }
        JsonObject members = new JsonObject();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                JsonElement value = new JsonPrimitive(decode(pair.substring(equals + 1)));
                members.add(decode(pair.substring(0, equals)), value);
            }
        }
        return members.isEmpty() ? Optional.empty() : Optional.of(members);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
