// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Optional;

/** Where a new server is written. */
public enum ConfigScope {
    /** The user's own file. */
    USER("user"),
    /** The first workspace folder's {@code .drawbridge/mcp.json}. */
    WORKSPACE("workspace");

    private final String wire;

    ConfigScope(String wire) {
        this.wire = wire;
    }

    /** The value in JSON. */
    public String wire() {
        return wire;
    }

    /** The constant with this value in JSON. */
    public static Optional<ConfigScope> of(String wire) {
        for (ConfigScope one : values()) {
            if (one.wire.equals(wire)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
