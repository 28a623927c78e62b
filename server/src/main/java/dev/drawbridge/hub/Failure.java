package dev.drawbridge.hub;

import java.net.URI;
import java.util.Optional;

/**
 * An expected failure, as a user is told of it.
 *
 * @param code stable and documented in {@code protocol-spec}: {@code area.reason} in lower camel case, such as {@code oauth.issuerMismatch}
 * @param message one sentence: what happened, with the step that failed; never a secret
 * @param action one thing the user can do about it, as a sentence
 * @param url the address that failed, when there is one
 */
public record Failure(String code, String message, String action, Optional<URI> url) {
    public Failure(String code, String message, String action) {
        this(code, message, action, Optional.empty());
    }
}
