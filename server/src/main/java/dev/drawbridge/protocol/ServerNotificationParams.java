// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import com.google.gson.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of {@code mcp/serverNotification}.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 * @param method The MCP notification's method, such as {@code notifications/resources/updated}.
 * @param params Its parameters, untouched.
 */
public record ServerNotificationParams(String server, String method, Optional<JsonObject> params) {
    public ServerNotificationParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(params, "params");
    }
}
