// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;

/**
 * The parameters of {@code mcp/completeAuthentication}.
 *
 * @param flowId The flow, from {@code mcp/authenticate}.
 * @param callbackUrl The address the browser was sent to, whole, as pasted or received. White space around it is
 * ignored.
 */
public record CompleteAuthenticationParams(String flowId, String callbackUrl) {
    public CompleteAuthenticationParams {
        Objects.requireNonNull(flowId, "flowId");
        Objects.requireNonNull(callbackUrl, "callbackUrl");
    }

    @Override
    public String toString() {
        return "CompleteAuthenticationParams[flowId=" + flowId + ", callbackUrl=***]";
    }
}
