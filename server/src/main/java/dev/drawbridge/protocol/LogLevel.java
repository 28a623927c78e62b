// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Optional;

/** The severities of RFC 5424, as MCP spells them. */
public enum LogLevel {
    /** Details for finding faults. */
    DEBUG("debug"),
    /** What normally happens. */
    INFO("info"),
    /** Normal, but worth a look. */
    NOTICE("notice"),
    /** Something may be wrong. */
    WARNING("warning"),
    /** Something failed. */
    ERROR("error"),
    /** A component failed. */
    CRITICAL("critical"),
    /** Somebody must act at once. */
    ALERT("alert"),
    /** Nothing works. */
    EMERGENCY("emergency");

    private final String wire;

    LogLevel(String wire) {
        this.wire = wire;
    }

    /** The value in JSON. */
    public String wire() {
        return wire;
    }

    /** The constant with this value in JSON. */
    public static Optional<LogLevel> of(String wire) {
        for (LogLevel one : values()) {
            if (one.wire.equals(wire)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
