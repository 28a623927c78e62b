// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;

/**
 * The parameters of {@code mcp/authCompleted}.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 * @param flowId The flow that ended.
 * @param result How it ended.
 */
public record AuthCompletedParams(String server, String flowId, AuthResult result) {
    public AuthCompletedParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(flowId, "flowId");
        Objects.requireNonNull(result, "result");
    }
}
