// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;

/**
 * The parameters of a request about one server.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 */
public record ServerParams(String server) {
    public ServerParams {
        Objects.requireNonNull(server, "server");
    }
}
