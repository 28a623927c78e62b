// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Optional;

/** Which variables a kept value is for. */
public enum SecretKind {
    /** {@code ${keyring:name}}. */
    KEYRING("keyring"),
    /** {@code ${input:id}}. */
    INPUT("input");

    private final String wire;

    SecretKind(String wire) {
        this.wire = wire;
    }

    /** The value in JSON. */
    public String wire() {
        return wire;
    }

    /** The constant with this value in JSON. */
    public static Optional<SecretKind> of(String wire) {
        for (SecretKind one : values()) {
            if (one.wire.equals(wire)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
