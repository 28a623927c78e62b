// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One running sign-in. Everybody who asks for the same credential meanwhile joins it and gets the same one.
 *
 * @param flowId Names the flow in later messages. It is no secret, and not the OAuth {@code state}.
 * @param server The name of the server the flow is for.
 * @param authorizationUrl What the browser opens: the authorization URL, or the verification page of a device
 * flow.
 * @param expiresAt When the flow gives up.
 * @param userCode What the person types at the page, in a device flow (RFC 8628).
 */
public record SignInFlow(
        String flowId, String server, URI authorizationUrl, Instant expiresAt, Optional<String> userCode) {
    public SignInFlow {
        Objects.requireNonNull(flowId, "flowId");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(authorizationUrl, "authorizationUrl");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(userCode, "userCode");
    }
}
