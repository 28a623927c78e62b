package dev.drawbridge.oauth;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Why a person has to sign in.
 *
 * @param scopes what the sign-in would ask for, as far as it is known
 */
public record SignInReason(Kind kind, Set<String> scopes) {
    /** The causes. */
    public enum Kind {
        /** No credential is stored. */
        SIGN_IN_NEEDED,
        /** The authorization server no longer accepts the refresh token, or there is none. */
        EXPIRED,
        /** The server wants scopes that were not granted (RFC 6750 section 3.1). */
        INSUFFICIENT_SCOPE,
        /** The server names another authorization server than the one that issued the credential. */
        ISSUER_CHANGED
    }

    public SignInReason {
        scopes = new LinkedHashSet<>(scopes);
    }
}
