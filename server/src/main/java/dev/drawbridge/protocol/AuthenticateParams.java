// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of {@code mcp/authenticate}.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 * @param method How the person signs in; {@code browser} when absent.
 * @param redirectUri Where the authorization server is to send the browser instead of the loopback listener, for
 * an editor that receives addresses itself; the editor then passes what arrives there to {@code
 * mcp/completeAuthentication}.
 */
public record AuthenticateParams(String server, Optional<SignInMethod> method, Optional<URI> redirectUri) {
    public AuthenticateParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(redirectUri, "redirectUri");
    }
}
