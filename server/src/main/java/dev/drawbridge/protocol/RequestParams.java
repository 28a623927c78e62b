// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import com.google.gson.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of {@code mcp/request}.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 * @param method Any MCP method, such as {@code resources/subscribe}.
 * @param params Its parameters, passed on untouched.
 * @param progressToken Chosen by the client; when present, the call's progress comes as {@code mcp/progress} with
 * this token.
 * @param timeoutMs The longest silence in milliseconds; progress starts it anew. The server's configured value
 * when absent.
 * @param requestedBy Who caused the call, shown in a sign-in prompt it may lead to.
 */
public record RequestParams(
        String server,
        String method,
        Optional<JsonObject> params,
        Optional<String> progressToken,
        Optional<Integer> timeoutMs,
        Optional<String> requestedBy) {
    public RequestParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(params, "params");
        Objects.requireNonNull(progressToken, "progressToken");
        Objects.requireNonNull(timeoutMs, "timeoutMs");
        Objects.requireNonNull(requestedBy, "requestedBy");
    }
}
