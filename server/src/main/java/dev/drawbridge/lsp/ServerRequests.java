package dev.drawbridge.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.ServerRequest.Answer;
import dev.drawbridge.mcp.json.RawJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers what an MCP server asks of its client: through {@code mcp/elicit} and {@code mcp/sample} where the editor
 * declares them, by standard LSP where that can carry the question, and with an honest refusal otherwise. Runs on the
 * hub's thread for the request, which may wait for a person.
 */
final class ServerRequests {
    private final EditorClient client;
    private final ElicitationFallback elicitation;
    private final ThinRequests thin;
    private final Supplier<List<Path>> folders;

    ServerRequests(EditorClient client, Supplier<List<Path>> folders) {
        this.client = client;
        this.elicitation = new ElicitationFallback(client);
        this.thin = new ThinRequests(client);
        this.folders = folders;
    }

    Answer answer(ServerName server, ServerRequest request) {
        return switch (request.method()) {
            case "elicitation/create" -> elicit(server, request);
            case "sampling/createMessage" ->
                client.features()
                                .mcp()
                                .filter(ClientFeatures.McpFeatures::sample)
                                .isPresent()
                        ? thin.sample(server, request)
                        : Answer.notSupported(request.method());
            case "roots/list" -> new Answer.Result(roots());
            case "ping" -> new Answer.Result(RawJson.EMPTY_OBJECT);
            default -> Answer.notSupported(request.method());
        };
    }

    private Answer elicit(ServerName server, ServerRequest request) {
        Params params = new Params(request.params().tree());
        boolean url = params.optionalString("mode").orElse("form").equals("url");
        Optional<ClientFeatures.McpFeatures> declared = client.features().mcp();
        if (declared.filter(mcp -> url ? mcp.elicitUrl() : mcp.elicitForm()).isPresent()) {
            return thin.elicit(server, request);
        }
        return url
                ? elicitation.url(server, params, request.cancellation())
                : elicitation.form(server, params, request.cancellation());
    }

    private RawJson roots() {
        JsonArray roots = new JsonArray();
        for (Path folder : folders.get()) {
            JsonObject root = new JsonObject();
            root.addProperty("uri", folder.toUri().toString());
            Path name = folder.getFileName();
            root.addProperty("name", name == null ? folder.toString() : name.toString());
            roots.add(root);
        }
        JsonObject result = new JsonObject();
        result.add("roots", roots);
        return RawJson.of(result);
    }
}
