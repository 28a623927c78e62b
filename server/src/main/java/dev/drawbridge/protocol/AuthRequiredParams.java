// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.List;

/**
 * The parameters of {@code mcp/authRequired}.
 *
 * @param servers The servers that began to need a sign-in, one or many.
 */
public record AuthRequiredParams(List<Server> servers) {
    public AuthRequiredParams {
        servers = List.copyOf(servers);
    }
}
