// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;

/**
 * The parameters of {@code mcp/log}.
 *
 * @param entry The line.
 */
public record LogParams(LogEntry entry) {
    public LogParams {
        Objects.requireNonNull(entry, "entry");
    }
}
