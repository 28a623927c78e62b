package dev.drawbridge.oauth;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Proofs of having one key, for token endpoints (RFC 9449 sections 5 and 8). */
record DpopProver(DpopKey key, DpopNonces nonces, InstantSource clock) {
    String proof(URI endpoint) {
        return key.proof(
                "POST",
                endpoint,
                clock.instant(),
                Optional.empty(),
                nonces.of(DpopNonces.Role.AUTHORIZATION_SERVER, endpoint));
    }

    void observed(URI endpoint, String nonce) {
        nonces.observed(DpopNonces.Role.AUTHORIZATION_SERVER, endpoint, nonce);
    }
}
