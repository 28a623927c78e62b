package dev.drawbridge.oauth;

import dev.drawbridge.oauth.token.TokenStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything {@link Authorization} needs from outside.
 *
 * @param http the client for a target's requests, so that its proxy and TLS settings hold here too; must not follow redirects
 * @param scheduler closed with the {@link Authorization}
 * @param clientName what people see on consent pages
 * @param clientMetadataUrl the client ID metadata document the project publishes, if any
 * @param discoveryHeaders sent with metadata requests (MCP 2025-03-26 wants its protocol version there)
 */
public record AuthorizationEnvironment(
        Function<Target, HttpClient> http,
        InstantSource clock,
        SecureRandom random,
        TokenStore store,
        Scheduler scheduler,
        CallbackSettings callback,
        Limits limits,
        String clientName,
        Optional<URI> clientMetadataUrl,
        Map<String, String> discoveryHeaders) {
    public AuthorizationEnvironment {
        discoveryHeaders = Map.copyOf(discoveryHeaders);
    }

    /** Real time and the documented defaults. */
    public static AuthorizationEnvironment of(HttpClient http, TokenStore store) {
        return new AuthorizationEnvironment(
                target -> http,
                InstantSource.system(),
                new SecureRandom(),
                store,
                Scheduler.system(),
                CallbackSettings.DEFAULT,
                Limits.DEFAULT,
                "Drawbridge",
                Optional.empty(),
                Map.of());
    }
}
