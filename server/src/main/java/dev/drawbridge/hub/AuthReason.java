package dev.drawbridge.hub;

import java.util.Optional;
import java.util.Set;

/**
 * Why a sign-in is needed.
 *
 * @param kind the cause
 * @param scopes the scopes a sign-in would ask for, as far as they are known
 * @param requestedBy who needed the server, such as {@code codecompanion called github/create_issue}; empty when nobody did yet
 */
public record AuthReason(Kind kind, Set<String> scopes, Optional<String> requestedBy) {
    /** No credential is stored, and nobody in particular asked. */
    public static final AuthReason SIGN_IN_NEEDED = new AuthReason(Kind.SIGN_IN_NEEDED, Set.of(), Optional.empty());

    /** The causes, spelled on the wire as in {@code protocol-spec}. */
    public enum Kind {
        /** No credential is stored. */
        SIGN_IN_NEEDED,
        /** The authorization server no longer accepts the refresh token, or there is none. */
        EXPIRED,
        /** The server wants scopes that were not granted (RFC 6750 section 3.1). */
        INSUFFICIENT_SCOPE,
        /** The server named another authorization server than the one that issued the credential. */
        ISSUER_CHANGED
    }

    public AuthReason {
        scopes = Set.copyOf(scopes);
    }

    AuthReason askedFor(String asker) {
        return new AuthReason(kind, scopes, Optional.of(asker));
    }

    AuthReason askedByNobody() {
        return new AuthReason(kind, scopes, Optional.empty());
    }
}
