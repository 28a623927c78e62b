package dev.drawbridge.oauth;

import java.time.Instant;
import java.util.Optional;

/**
 * The OAuth client one credential belongs to.
 *
 * @param secret only of registered clients; a configured secret is read from the configuration each time
 * @param secretExpiresAt empty: never
 */
public record Client(
        String id,
        Source source,
        TokenEndpointAuthMethod method,
        Optional<Secret> secret,
        Optional<Instant> secretExpiresAt) {
    /** How we came by the client. */
    public enum Source {
        CONFIGURED,
        /** Its id is the address of a client ID metadata document. */
        DOCUMENT,
        /** Dynamically registered (RFC 7591). */
        REGISTERED
    }
}
