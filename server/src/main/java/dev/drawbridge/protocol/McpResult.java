// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import com.google.gson.JsonElement;
import java.util.Objects;

/**
 * What an MCP server, or a client on behalf of one, answered.
 *
 * @param result The {@code result} of the MCP answer, untouched.
 */
public record McpResult(JsonElement result) {
    public McpResult {
        Objects.requireNonNull(result, "result");
    }
}
