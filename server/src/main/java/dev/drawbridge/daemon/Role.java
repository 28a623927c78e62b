package dev.drawbridge.daemon;

import java.util.Locale;
import java.util.Optional;

/** What a process that connects to the daemon wants of it; the first word of every handshake. */
public enum Role {
    /** An editor: a session that speaks LSP. */
    LSP,
    /** An AI host: a session that speaks MCP. */
    PROXY,
    /** A question about the daemon, answered in the handshake. */
    STATUS,
    /** The wish that the daemon ends, answered in the handshake. */
    STOP;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    public static Optional<Role> ofWireName(String wireName) {
        for (Role role : values()) {
            if (role.wireName.equals(wireName)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
