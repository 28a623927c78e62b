// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.List;

/**
 * The parameters of {@code mcp/statusChanged}.
 *
 * @param servers Every server of the session's view. What is not in it is gone.
 */
public record StatusChangedParams(List<Server> servers) {
    public StatusChangedParams {
        servers = List.copyOf(servers);
    }
}
