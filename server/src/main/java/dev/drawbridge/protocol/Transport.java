// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Optional;

/** How a server is reached. */
public enum Transport {
    /** A child process on this machine. */
    STDIO("stdio"),
    /** Streamable HTTP. */
    HTTP("http"),
    /** HTTP with SSE, the transport of 2024-11-05. */
    SSE("sse");

    private final String wire;

    Transport(String wire) {
        this.wire = wire;
    }

    /** The value in JSON. */
    public String wire() {
        return wire;
    }

    /** The constant with this value in JSON. */
    public static Optional<Transport> of(String wire) {
        for (Transport one : values()) {
            if (one.wire.equals(wire)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
