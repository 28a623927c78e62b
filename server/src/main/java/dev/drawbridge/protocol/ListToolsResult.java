// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * The answer to {@code mcp/listTools}.
 *
 * @param tools All pages of the server's tools, MCP's own objects untouched; disabled tools are left out.
 */
public record ListToolsResult(List<JsonObject> tools) {
    public ListToolsResult {
        tools = List.copyOf(tools);
    }
}
