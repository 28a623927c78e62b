package dev.drawbridge.oauth;

import java.net.URI;
import java.util.Optional;

/**
 * An expected failure of authorization, as a user is told of it.
 *
 * @param code stable, such as {@code oauth.issuerMismatch}
 * @param message one sentence: the step and what went wrong; never a secret
 * @param action one thing the user can do about it, as a sentence
 * @param passing true when the same step may succeed later unchanged (no network, a server error): nothing was lost
 * @param url the address that failed, without its query, when there is one
 */
public record OAuthFailure(String code, String message, String action, boolean passing, Optional<URI> url) {
    /** A failure that stays until somebody acts. */
    public static OAuthFailure lasting(String code, String message, String action) {
        return new OAuthFailure(code, message, action, false, Optional.empty());
    }

    /** A failure that may be gone with the next try. */
    public static OAuthFailure passing(String code, String message, String action) {
        return new OAuthFailure(code, message, action, true, Optional.empty());
    }

    /** The same failure with the address it happened at. */
    public OAuthFailure at(URI address) {
        return new OAuthFailure(code, message, action, passing, Optional.of(address));
    }
}
