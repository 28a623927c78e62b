package dev.drawbridge.lsp;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.hub.CallOptions;
import dev.drawbridge.hub.CallResult;
import dev.drawbridge.hub.HubSession;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.lsp.ClientFeatures.McpFeatures;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ProgressListener;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.protocol.CallToolParams;
import dev.drawbridge.protocol.CompleteParams;
import dev.drawbridge.protocol.GetPromptParams;
import dev.drawbridge.protocol.Methods;
import dev.drawbridge.protocol.ProgressParams;
import dev.drawbridge.protocol.ReadResourceParams;
import dev.drawbridge.protocol.RequestParams;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** The {@code mcp/*} requests that stand for one MCP request each. The server's result is carried, never decoded. */
final class McpPassThrough {
    private final EditorClient client;
    private final HubSession hub;

    McpPassThrough(EditorClient client, HubSession hub) {
        this.client = client;
        this.hub = hub;
    }

    void register(McpEndpoint endpoint, MethodRouter router) {
        endpoint.on(router, Methods.CALL_TOOL, CallToolParams.class, this::callTool);
        endpoint.on(router, Methods.READ_RESOURCE, ReadResourceParams.class, this::readResource);
        endpoint.on(router, Methods.GET_PROMPT, GetPromptParams.class, this::getPrompt);
        endpoint.on(router, Methods.COMPLETE, CompleteParams.class, this::complete);
        endpoint.on(router, Methods.REQUEST, RequestParams.class, this::request);
    }

    private RawJson callTool(CallToolParams params, Cancellation cancellation) {
        JsonObject mcp = new JsonObject();
        mcp.addProperty("name", params.name());
        params.arguments().ifPresent(arguments -> mcp.add("arguments", arguments));
        ServerName server = McpEndpoint.name(params.server());
        return call(
                server,
                "tools/call",
                mcp,
                options(server, params.progressToken(), params.timeoutMs(), params.requestedBy(), cancellation));
    }

    private RawJson readResource(ReadResourceParams params, Cancellation cancellation) {
        JsonObject mcp = new JsonObject();
        mcp.addProperty("uri", params.uri());
        return call(McpEndpoint.name(params.server()), "resources/read", mcp, plain(cancellation));
    }

    private RawJson getPrompt(GetPromptParams params, Cancellation cancellation) {
        JsonObject mcp = new JsonObject();
        mcp.addProperty("name", params.name());
        params.arguments().ifPresent(values -> {
            JsonObject arguments = new JsonObject();
            values.forEach((name, value) -> arguments.add(name, new JsonPrimitive(value)));
            mcp.add("arguments", arguments);
        });
        return call(McpEndpoint.name(params.server()), "prompts/get", mcp, plain(cancellation));
    }

    private RawJson complete(CompleteParams params, Cancellation cancellation) {
        JsonObject mcp = new JsonObject();
        mcp.add("ref", params.ref());
        mcp.add("argument", params.argument());
        params.context().ifPresent(context -> mcp.add("context", context));
        return call(McpEndpoint.name(params.server()), "completion/complete", mcp, plain(cancellation));
    }

    private RawJson request(RequestParams params, Cancellation cancellation) {
        ServerName server = McpEndpoint.name(params.server());
        return call(
                server,
                params.method(),
                params.params().orElseGet(JsonObject::new),
                options(server, params.progressToken(), params.timeoutMs(), params.requestedBy(), cancellation));
    }

    /** The whole {@code McpResult} as text, so that the server's result need not be read to be wrapped. */
    private RawJson call(ServerName server, String method, JsonObject params, CallOptions options) {
        return switch (hub.call(server, method, RawJson.of(params), options)) {
            case CallResult.Answered(RawJson result) -> RawJson.of("{\"result\":" + result.text() + "}");
            case CallResult.ServerError(long code, String message, Optional<RawJson> data) ->
                throw FailureErrors.ofServer(code, message, data);
            case CallResult.NotAnswered(var failure) -> throw FailureErrors.of(failure);
            case CallResult.Cancelled() -> throw new CancellationException();
        };
    }

    private static CallOptions plain(Cancellation cancellation) {
        return new CallOptions(Optional.empty(), ProgressListener.NONE, cancellation, Optional.empty());
    }

    private CallOptions options(
            ServerName server,
            Optional<String> progressToken,
            Optional<Integer> timeoutMs,
            Optional<String> requestedBy,
            Cancellation cancellation) {
        ProgressListener progress = progressToken
                .filter(token ->
                        client.features().mcp().filter(McpFeatures::progress).isPresent())
                .map(token -> progress(server, token))
                .orElse(ProgressListener.NONE);
        return new CallOptions(timeoutMs.map(Duration::ofMillis), progress, cancellation, requestedBy);
    }

    private ProgressListener progress(ServerName server, String token) {
        return (progress, total, message) -> client.notify(
                Methods.PROGRESS,
                new ProgressParams(
                        server.value(), token, BigDecimal.valueOf(progress), total.map(BigDecimal::valueOf), message));
    }
}
