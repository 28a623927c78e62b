package dev.drawbridge.hub;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of a server's log.
 *
 * @param server empty for Drawbridge's own lines about no server in particular
 * @param level an RFC 5424 severity by name, as MCP spells it: {@code debug} … {@code emergency}
 */
public record LogEntry(Instant time, Optional<ServerName> server, String level, String message) {}
