// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.List;

/**
 * The answer to {@code mcp/listServers}.
 *
 * @param servers Every server of the session's view, in the order of the configuration.
 */
public record ListServersResult(List<Server> servers) {
    public ListServersResult {
        servers = List.copyOf(servers);
    }
}
