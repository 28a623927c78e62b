// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * An expected failure, as a person is to be told of it. It is the {@code data} of every error of Drawbridge's own.
 *
 * @param code Stable: {@code area.reason} in lower camel case, such as {@code oauth.issuerMismatch}. For programs
 * to tell failures apart.
 * @param message One sentence: what happened, and at which step. Never a secret.
 * @param action One thing the person can do about it, as a sentence.
 * @param url The address that failed, when there is one.
 */
public record Failure(String code, String message, String action, Optional<URI> url) {
    public Failure {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(url, "url");
    }
}
