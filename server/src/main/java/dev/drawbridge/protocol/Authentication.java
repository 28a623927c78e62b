// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether a server's sign-in is there. */
public sealed interface Authentication {
    /** The server asked for none so far, or has its own static credential. */
    record None() implements Authentication {}

    /** The server wants a sign-in and there is none. */
    record Unauthenticated() implements Authentication {}

    /**
     * A person is signing in.
     *
     * @param flow The running flow.
     */
    record Pending(SignInFlow flow) implements Authentication {
        public Pending {
            Objects.requireNonNull(flow, "flow");
        }
    }

    /**
     * A credential is there.
     *
     * @param issuer The authorization server that issued it.
     * @param account The account, by the label or name that is known.
     * @param scopes The granted scopes.
     * @param expiresAt When the access token expires; it is refreshed by itself.
     */
    record Authenticated(URI issuer, Optional<String> account, List<String> scopes, Optional<Instant> expiresAt)
            implements Authentication {
        public Authenticated {
            Objects.requireNonNull(issuer, "issuer");
            Objects.requireNonNull(account, "account");
            scopes = List.copyOf(scopes);
            Objects.requireNonNull(expiresAt, "expiresAt");
        }
    }
}
