// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;

/**
 * The parameters of {@code mcp/cancelAuthentication}.
 *
 * @param flowId The flow, from {@code mcp/authenticate}.
 */
public record CancelAuthenticationParams(String flowId) {
    public CancelAuthenticationParams {
        Objects.requireNonNull(flowId, "flowId");
    }
}
