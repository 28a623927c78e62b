// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;

/**
 * The parameters of {@code mcp/readResource}.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 * @param uri The resource's URI, exactly as the server spells it.
 */
public record ReadResourceParams(String server, String uri) {
    public ReadResourceParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(uri, "uri");
    }
}
