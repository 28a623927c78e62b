package dev.drawbridge.oauth;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A successful token response (RFC 6749 section 5.1).
 *
 * @param scheme {@code Bearer} or {@code DPoP}
 * @param lifetime empty when the server did not say
 * @param scopes empty when they are those requested
 * @param issuedType what kind of token it is, after an exchange (RFC 8693 section 2.2.1)
 * @param idToken of OpenID Connect (Core 1.0 section 3.1.3.3)
 */
record TokenGrant(
        Secret accessToken,
        String scheme,
        Optional<Duration> lifetime,
        Optional<Secret> refreshToken,
        Optional<Set<String>> scopes,
        Optional<String> issuedType,
        Optional<Secret> idToken) {
    TokenGrant {
        scopes = scopes.map(LinkedHashSet::new);
    }
}
