// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of {@code mcp/logs}.
 *
 * @param server One server's lines only; all lines when absent.
 * @param limit At most so many lines, the newest; 200 when absent.
 */
public record LogsParams(Optional<String> server, Optional<Integer> limit) {
    public LogsParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(limit, "limit");
    }
}
