// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import com.google.gson.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of {@code mcp/complete}.
 *
 * @param server The server's name, as {@code mcp/listServers} gives it.
 * @param ref What is completed: MCP's {@code ref/prompt} or {@code ref/resource} object.
 * @param argument The argument and what was typed so far: MCP's object with {@code name} and {@code value}.
 * @param context MCP's {@code context} object: the arguments that are already there.
 */
public record CompleteParams(String server, JsonObject ref, JsonObject argument, Optional<JsonObject> context) {
    public CompleteParams {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(argument, "argument");
        Objects.requireNonNull(context, "context");
    }
}
