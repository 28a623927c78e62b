// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of {@code mcp/progress}.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 * @param progressToken The token the call was made with.
 * @param progress How far it is; grows with every notification.
 * @param total Where it ends, when the server knows.
 * @param message What is being done.
 */
public record ProgressParams(
        String server,
        String progressToken,
        BigDecimal progress,
        Optional<BigDecimal> total,
        Optional<String> message) {
    public ProgressParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(progressToken, "progressToken");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(message, "message");
    }
}
