package dev.drawbridge.proxy.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import dev.drawbridge.mcp.stateless.ToolHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a call's {@code Mcp-Param-*} headers repeat the arguments that the tool's schema marks (MCP 2026-07-28, custom
 * headers from tool parameters). A tool that was never listed cannot be checked; its server does that.
 */
final class ParameterChecks {
    private ParameterChecks() {}

    /** @param tools the list as it was last read, asked for only when it matters */
    static Optional<Response> refuses(RequestHead head, RpcMessage.Request request, Supplier<Optional<RawJson>> tools) {
        if (!request.method().equals("tools/call")) {
            return Optional.empty();
        }
        Optional<RawJson> known = tools.get().filter(list -> list.text().contains(ToolHeaders.ANNOTATION));
        if (known.isEmpty() || !(request.params().tree() instanceof JsonObject params)) {
            return Optional.empty();
        }
        JsonElement arguments = Optional.ofNullable(params.get("arguments")).orElse(JsonNull.INSTANCE);
        return tool(known.get(), params.get("name"))
                .flatMap(tool -> ToolHeaders.of(tool) instanceof ToolHeaders.Valid(var mirrored)
                        ? wrong(head, request, mirrored, arguments)
                        : Optional.empty());
    }

    private static Optional<JsonObject> tool(RawJson tools, JsonElement name) {
        return tools.tree() instanceof JsonArray list
                ? list.asList().stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .filter(tool -> tool.get("name") instanceof JsonPrimitive said && said.equals(name))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<Response> wrong(
            RequestHead head, RpcMessage.Request request, List<ToolHeaders.Mirrored> mirrored, JsonElement arguments) {
        Map<String, String> wanted = ToolHeaders.headers(mirrored, arguments);
        for (ToolHeaders.Mirrored parameter : mirrored) {
            String header = "Mcp-Param-" + parameter.header();
            Optional<String> expected = Optional.ofNullable(wanted.get(header)).flatMap(StatelessChecks::decoded);
            Optional<String> given = head.header(header);
            boolean fits = given.isPresent() == expected.isPresent()
                    && given.flatMap(StatelessChecks::decoded).equals(expected)
                    && !head.repeats(header);
            if (!fits) {
                return Optional.of(Response.error(
                        400,
                        request.id(),
                        StatelessChecks.HEADER_MISMATCH,
                        "The header " + header + " does not say what the argument " + String.join(".", parameter.path())
                                + " says."));
            }
        }
        return Optional.empty();
    }
}
