// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * The answer to {@code mcp/listResources}.
 *
 * @param resources All pages of the server's resources, MCP's own objects untouched.
 * @param resourceTemplates All pages of the server's resource templates, MCP's own objects untouched.
 */
public record ListResourcesResult(List<JsonObject> resources, List<JsonObject> resourceTemplates) {
    public ListResourcesResult {
        resources = List.copyOf(resources);
        resourceTemplates = List.copyOf(resourceTemplates);
    }
}
