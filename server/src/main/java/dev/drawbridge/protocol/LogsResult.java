// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.List;

/**
 * The answer to {@code mcp/logs}.
 *
 * @param entries The newest lines, oldest first.
 */
public record LogsResult(List<LogEntry> entries) {
    public LogsResult {
        entries = List.copyOf(entries);
    }
}
