package dev.drawbridge.oauth;

import java.time.Instant;
import java.util.Optional;

/** What asking for an access token gives. */
public sealed interface TokenOutcome {
    /**
     * A token to present.
     *
     * @param scheme {@code Bearer} or {@code DPoP}
     * @param key what a DPoP token is bound to: without it the token is of no use
     */
    record Token(Secret value, String scheme, Optional<Instant> expiresAt, Optional<DpopKey> key)
            implements TokenOutcome {
        /** Whether the token is of no use without its key. */
        public boolean isBound() {
            return scheme.equals(Dpop.SCHEME);
        }
    }

    /** A person has to act. */
    record SignInNeeded(SignInReason reason) implements TokenOutcome {}

    /** No token now, and nothing is lost: try again later. */
    record Unavailable(OAuthFailure failure) implements TokenOutcome {}
}
