package dev.drawbridge.hub;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Whether a server's OAuth sign-in is there. */
public sealed interface AuthenticationState {
    /** The server asked for none so far, or has its own static credential. */
    record None() implements AuthenticationState {}

    record Unauthenticated() implements AuthenticationState {}

    record Pending(SignInFlow flow) implements AuthenticationState {}

    record Authenticated(URI issuer, Optional<String> account, Set<String> scopes, Optional<Instant> expiresAt)
            implements AuthenticationState {
        public Authenticated {
            scopes = Set.copyOf(scopes);
        }
    }
}
