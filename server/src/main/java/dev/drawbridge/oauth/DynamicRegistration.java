package dev.drawbridge.oauth;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.openid.connect.sdk.rp.ApplicationType;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientMetadata;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Registers a client at run time (RFC 7591 section 3, requirements 18 to 20, 22, 24). */
final class DynamicRegistration {
    /** What is decided with the redirect address and by how the code is redeemed. */
    private static final Set<String> FIXED = Set.of("redirect_uris", "response_types", "token_endpoint_auth_method");

    private final BoundedHttp http;
    private final String clientName;
    private final Set<String> requested;

    /** @param requested the scopes the sign-in will ask for */
    DynamicRegistration(BoundedHttp http, String clientName, Set<String> requested) {
        this.http = http;
        this.clientName = clientName;
        this.requested = requested;
    }

    Client register(AuthorizationServerMetadata server, URI endpoint, URI redirectUri, ClientSettings settings)
            throws AuthorizationFailed {
        TokenEndpointAuthMethod wanted = settings.authMethod().orElseGet(() -> method(server));
        HTTPRequest request =
                new ClientRegistrationRequest(endpoint, metadata(server, redirectUri, wanted), null).toHTTPRequest();
        request.setBody(withConfigured(request.getBody(), settings.clientMetadata()));
        BoundedHttp.Answer answer = http.send(request);
        JsonObject body = Json.object(answer.body()).orElseGet(JsonObject::new);
        Optional<String> id = Json.string(body, "client_id");
        if (answer.status() / 100 != 2 || id.isEmpty()) {
            throw refused(answer, body);
        }
        return client(id.get(), body, wanted);
    }

    private OIDCClientMetadata metadata(
            AuthorizationServerMetadata server, URI redirectUri, TokenEndpointAuthMethod method) {
        OIDCClientMetadata metadata = new OIDCClientMetadata();
        metadata.setName(clientName);
        metadata.setRedirectionURI(redirectUri);
        Set<GrantType> grants = new LinkedHashSet<>(List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
        if (server.deviceAuthorizationEndpoint().isPresent()) {
            grants.add(GrantType.DEVICE_CODE);
        }
        metadata.setGrantTypes(grants);
        metadata.setResponseTypes(Set.of(ResponseType.CODE));
        metadata.setTokenEndpointAuthMethod(new ClientAuthenticationMethod(method.wireName()));
        boolean loopback = redirectUri.getHost() == null || Origin.isLoopback(redirectUri.getHost());
        metadata.setApplicationType(loopback ? ApplicationType.NATIVE : ApplicationType.WEB);
        return metadata;
    }

    /**
     * The configured members come last, except for those a sign-in depends on. A registered scope limits what may be asked
     * for later, so that it takes in what this sign-in asks for.
     */
    private String withConfigured(String ours, Map<String, String> configured) {
        JsonObject body = Json.object(ours).orElseThrow();
        configured.forEach((name, value) -> {
            if (!FIXED.contains(name)) {
                body.add(name, JsonParser.parseString(value));
            }
        });
        Json.string(body, "scope").filter(scope -> !scope.isBlank()).ifPresent(scope -> {
            Set<String> scopes = new LinkedHashSet<>(List.of(scope.strip().split("\\s+")));
            scopes.addAll(requested);
            body.addProperty("scope", String.join(" ", scopes));
        });
        return body.toString();
    }

    /** A public client where the server allows one, or says nothing; it cannot keep a secret from its own user anyway. */
    static TokenEndpointAuthMethod method(AuthorizationServerMetadata server) {
        Set<String> offered = server.authMethods().orElse(Set.of("none"));
        return List.of(
                        TokenEndpointAuthMethod.NONE,
                        TokenEndpointAuthMethod.CLIENT_SECRET_BASIC,
                        TokenEndpointAuthMethod.CLIENT_SECRET_POST)
                .stream()
                .filter(method -> offered.contains(method.wireName()))
                .findFirst()
                .orElse(TokenEndpointAuthMethod.NONE);
    }

    /** What the server registered counts, not what was asked for (RFC 7591 section 3.2.1). */
    private static Client client(String id, JsonObject body, TokenEndpointAuthMethod wanted) {
        Optional<Secret> secret = Json.string(body, "client_secret").map(Secret::new);
        TokenEndpointAuthMethod method = Json.string(body, "token_endpoint_auth_method")
                .flatMap(TokenEndpointAuthMethod::of)
                .orElse(
                        secret.isPresent() && wanted == TokenEndpointAuthMethod.NONE
                                ? TokenEndpointAuthMethod.CLIENT_SECRET_BASIC
                                : wanted);
        Optional<Instant> expires = Json.whole(body, "client_secret_expires_at")
                .filter(seconds -> seconds > 0 && secret.isPresent())
                .map(seconds -> Instant.ofEpochSecond(Math.min(seconds, 253402300799L)));
        return new Client(
                id,
                Client.Source.REGISTERED,
                secret.isEmpty() && method != TokenEndpointAuthMethod.PRIVATE_KEY_JWT
                        ? TokenEndpointAuthMethod.NONE
                        : method,
                secret,
                expires);
    }

    private static AuthorizationFailed refused(BoundedHttp.Answer answer, JsonObject body) {
        String why = Json.string(body, "error_description")
                .or(() -> Json.string(body, "error"))
                .map(text -> ": " + Text.excerpt(text))
                .orElse(" (status " + answer.status() + ").");
        if (answer.status() >= 500 || answer.status() == 429) {
            return new AuthorizationFailed(OAuthFailure.passing(
                            "oauth.serverError",
                            "The authorization server could not register us" + why,
                            "Try again later.")
                    .at(Origin.shown(answer.uri())));
        }
        return new AuthorizationFailed(OAuthFailure.lasting(
                        "oauth.registrationRefused",
                        "The authorization server refused to register us" + why,
                        "Register a client there yourself and set oauth.clientId.")
                .at(Origin.shown(answer.uri())));
    }
}
