// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;

/**
 * The parameters of {@code mcp/setEnabled}.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 * @param enabled True switches the server on, false off.
 */
public record SetEnabledParams(String server, boolean enabled) {
    public SetEnabledParams {
        Objects.requireNonNull(server, "server");
    }
}
