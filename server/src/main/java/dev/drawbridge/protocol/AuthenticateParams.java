// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of {@code mcp/authenticate}.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 * @param method How the person signs in; {@code browser} when absent.
 */
public record AuthenticateParams(String server, Optional<SignInMethod> method) {
    public AuthenticateParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(method, "method");
    }
}
