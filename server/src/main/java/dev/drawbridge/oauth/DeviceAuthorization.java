package dev.drawbridge.oauth;

import com.google.gson.JsonObject;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Begins a sign-in whose browser may be on any device (RFC 8628 section 3.2).
 *
 * @param page what the person opens: with the code already in it where the server offers that
 */
record DeviceAuthorization(Secret deviceCode, String userCode, URI page, Duration lifetime, Duration interval) {
    static DeviceAuthorization request(
            BoundedHttp http,
            URI endpoint,
            Client client,
            Optional<ClientAuthentication> authentication,
            Set<String> scopes,
            Optional<String> resource)
            throws AuthorizationFailed {
        Scope scope = scopes.isEmpty() ? null : new Scope(scopes.toArray(String[]::new));
        Map<String, List<String>> parameters = new HashMap<>();
        resource.ifPresent(uri -> parameters.put("resource", List.of(uri)));
        DeviceAuthorizationRequest request = authentication.isPresent()
                ? new DeviceAuthorizationRequest(endpoint, authentication.get(), scope, parameters)
                : new DeviceAuthorizationRequest(endpoint, new ClientID(client.id()), scope, parameters);
        BoundedHttp.Answer answer = http.send(request.toHTTPRequest());
        JsonObject body = Json.object(answer.body()).orElseGet(JsonObject::new);
        Optional<String> deviceCode = Json.string(body, "device_code");
        Optional<String> userCode = Json.string(body, "user_code");
        Optional<String> page = Json.string(body, "verification_uri_complete")
                .or(() -> Json.string(body, "verification_uri"))
                .or(() -> Json.string(body, "verification_url"));
        if (answer.status() / 100 != 2 || deviceCode.isEmpty() || userCode.isEmpty() || page.isEmpty()) {
            String why = Json.string(body, "error_description")
                    .or(() -> Json.string(body, "error"))
                    .map(text -> ": " + Text.excerpt(text))
                    .orElse(" (status " + answer.status() + ").");
            throw new AuthorizationFailed(new OAuthFailure(
                    "oauth.deviceCodeRefused",
                    "The authorization server gave no device code" + why,
                    "Sign in with the browser instead.",
                    answer.status() >= 500,
                    Optional.of(Origin.shown(endpoint))));
        }
        return new DeviceAuthorization(
                new Secret(deviceCode.get()),
                Text.excerpt(userCode.get()),
                Origin.endpoint(page.get(), "device verification"),
                Duration.ofSeconds(bounded(Json.whole(body, "expires_in").orElse(600L), 1, 3600)),
                Duration.ofSeconds(bounded(Json.whole(body, "interval").orElse(5L), 1, 60)));
    }

    private static long bounded(long value, long least, long most) {
        return Math.max(least, Math.min(most, value));
    }
}
