// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Optional;

/** How a person signs in. */
public enum SignInMethod {
    /** Authorization code with PKCE and a browser. */
    BROWSER("browser"),
    /** Device code (RFC 8628): a code typed on any device. */
    DEVICE_CODE("deviceCode");

    private final String wire;

    SignInMethod(String wire) {
        this.wire = wire;
    }

    /** The value in JSON. */
    public String wire() {
        return wire;
    }

    /** The constant with this value in JSON. */
    public static Optional<SignInMethod> of(String wire) {
        for (SignInMethod one : values()) {
            if (one.wire.equals(wire)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
