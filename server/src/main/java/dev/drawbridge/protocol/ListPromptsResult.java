// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * The answer to {@code mcp/listPrompts}.
 *
 * @param prompts All pages of the server's prompts, MCP's own objects untouched.
 */
public record ListPromptsResult(List<JsonObject> prompts) {
    public ListPromptsResult {
        prompts = List.copyOf(prompts);
    }
}
