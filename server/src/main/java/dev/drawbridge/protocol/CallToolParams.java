// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import com.google.gson.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of {@code mcp/callTool}.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 * @param name The tool's name.
 * @param arguments The tool's arguments.
 * @param progressToken Chosen by the client; when present, the call's progress comes as {@code mcp/progress} with
 * this token.
 * @param timeoutMs The longest silence in milliseconds; progress starts it anew. The server's configured value
 * when absent.
 * @param requestedBy Who caused the call, shown in a sign-in prompt it may lead to.
 */
public record CallToolParams(
        String server,
        String name,
        Optional<JsonObject> arguments,
        Optional<String> progressToken,
        Optional<Integer> timeoutMs,
        Optional<String> requestedBy) {
    public CallToolParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(progressToken, "progressToken");
        Objects.requireNonNull(timeoutMs, "timeoutMs");
        Objects.requireNonNull(requestedBy, "requestedBy");
    }
}
