package dev.drawbridge.oauth;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What is known of a target's credential, without its secrets. */
public sealed interface CredentialView {
    /** The token store has not answered yet, or cannot. */
    record Unknown() implements CredentialView {}

    /** Nobody is signed in. */
    record Absent() implements CredentialView {}

    /**
     * Somebody is signed in.
     *
     * @param account the label given, else empty
     * @param expiresAt when the access token ends; the credential may outlast it by its refresh token
     */
    record Present(String issuer, Optional<String> account, Set<String> scopes, Optional<Instant> expiresAt)
            implements CredentialView {
        public Present {
            scopes = new LinkedHashSet<>(scopes);
        }
    }

    /** A sign-in is running. */
    record Pending(FlowView flow) implements CredentialView {}
}
