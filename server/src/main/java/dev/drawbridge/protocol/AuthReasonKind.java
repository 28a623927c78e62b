// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Optional;

/** The causes of a sign-in. */
public enum AuthReasonKind {
    /** No credential is stored. */
    SIGN_IN_NEEDED("signInNeeded"),
    /** The authorization server no longer accepts the refresh token, or there is none. */
    EXPIRED("expired"),
    /** The server wants scopes that were not granted (RFC 6750 section 3.1). */
    INSUFFICIENT_SCOPE("insufficientScope"),
    /** The server named another authorization server than the one that issued the credential. */
    ISSUER_CHANGED("issuerChanged");

    private final String wire;

    AuthReasonKind(String wire) {
        this.wire = wire;
    }

    /** The value in JSON. */
    public String wire() {
        return wire;
    }

    /** The constant with this value in JSON. */
    public static Optional<AuthReasonKind> of(String wire) {
        for (AuthReasonKind one : values()) {
            if (one.wire.equals(wire)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
