// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;

/** How a sign-in ended. */
public sealed interface AuthResult {
    /**
     * The tokens are stored.
     *
     * @param authentication The state from now on.
     */
    record Succeeded(Authentication authentication) implements AuthResult {
        public Succeeded {
            Objects.requireNonNull(authentication, "authentication");
        }
    }

    /**
     * It came to nothing.
     *
     * @param failure Why, and what to do.
     */
    record Failed(Failure failure) implements AuthResult {
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }
    }

    /** Somebody cancelled it. */
    record Cancelled() implements AuthResult {}
}
