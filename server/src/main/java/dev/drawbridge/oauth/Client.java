package dev.drawbridge.oauth;

import java.time.Instant;
import java.util.Optional;

/**
 * The OAuth client one credential belongs to.
 *
 * @param secret of registered clients, and of the client at an identity provider; the secret configured for the authorization
 *     server is read from the configuration each time
 * @param secretExpiresAt empty: never
 */
public record Client(
        String id,
        Source source,
        TokenEndpointAuthMethod method,
        Optional<Secret> secret,
        Optional<Instant> secretExpiresAt) {
    /** No client at all: an assertion says who asks (RFC 7523 section 3.1). */
    static final Client NOBODY =
            new Client("", Source.NOBODY, TokenEndpointAuthMethod.NONE, Optional.empty(), Optional.empty());

    /** How we came by the client. */
    public enum Source {
        CONFIGURED,
        /** Its id is the address of a client ID metadata document. */
        DOCUMENT,
        /** Dynamically registered (RFC 7591). */
        REGISTERED,
        NOBODY
    }
}
