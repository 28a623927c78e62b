package dev.drawbridge.lsp;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.ServerRequest.Answer;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.protocol.ElicitParams;
import dev.drawbridge.protocol.ElicitRequest;
import dev.drawbridge.protocol.ElicitResult;
import dev.drawbridge.protocol.McpResult;
import dev.drawbridge.protocol.Methods;
import dev.drawbridge.protocol.SampleParams;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;

/** {@code mcp/elicit} and {@code mcp/sample}: a server's request handed to an editor that declared it can answer. */
final class ThinRequests {
    /** What MCP says of a sampling request that the person turned down. */
    private static final int REJECTED = -1;

    private static final int INVALID_PARAMS = -32602;

    private final EditorClient client;
    private final Gson gson = WireGson.gson();

    ThinRequests(EditorClient client) {
        this.client = client;
    }

    Answer elicit(ServerName server, ServerRequest request) {
        JsonElement params = request.params().tree();
        if (params instanceof JsonObject object && !object.has("mode")) {
            // MCP lets the mode be absent and means the form.
            object.addProperty("mode", "form");
        }
        ElicitRequest asked;
        try {
            asked = gson.fromJson(params, ElicitRequest.class);
        } catch (JsonParseException e) {
            return new Answer.Refusal(INVALID_PARAMS, "Invalid params: " + e.getMessage(), Optional.empty());
        }
        try {
            JsonElement answer = ask(Methods.ELICIT, new ElicitParams(server.value(), asked), request);
            // Read and written again, so that only what MCP knows goes to the server.
            return new Answer.Result(RawJson.of(gson.toJsonTree(gson.fromJson(answer, ElicitResult.class))));
        } catch (CompletionException | CancellationException | JsonParseException e) {
            // No answer, an error or nonsense: the person did not decide anything.
            return new Answer.Result(RawJson.of("{\"action\":\"cancel\"}"));
        }
    }

    Answer sample(ServerName server, ServerRequest request) {
        if (!(request.params().tree() instanceof JsonObject params)) {
            return new Answer.Refusal(INVALID_PARAMS, "Invalid params: an object is expected", Optional.empty());
        }
        try {
            JsonElement answer = ask(Methods.SAMPLE, new SampleParams(server.value(), params), request);
            return new Answer.Result(
                    RawJson.of(gson.fromJson(answer, McpResult.class).result()));
        } catch (CompletionException e) {
            return e.getCause() instanceof ResponseErrorException refused
                    ? refusal(refused.getResponseError())
                    : new Answer.Refusal(REJECTED, "The editor did not answer in time", Optional.empty());
        } catch (CancellationException | JsonParseException e) {
            return new Answer.Refusal(REJECTED, "The editor gave no usable answer", Optional.empty());
        }
    }

    private static Answer refusal(ResponseError error) {
        return new Answer.Refusal(error.getCode(), error.getMessage(), Optional.empty());
    }

    private JsonElement ask(String method, Object params, ServerRequest request) {
        CompletableFuture<JsonElement> answer = client.request(method, params, EditorClient.PERSON);
        request.cancellation().onCancel(() -> answer.cancel(true));
        return answer.join();
    }
}
