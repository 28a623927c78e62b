package dev.drawbridge.lsp.client;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import dev.drawbridge.hub.Failure;
import java.util.concurrent.CompletionException;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;

/** Makes the failure out of an error answer that the daemon made an error answer of. */
final class ErrorFailures {
    private ErrorFailures() {}

    static Failure of(Throwable thrown, Gson gson) {
        if (thrown instanceof CompletionException && thrown.getCause() != null) {
            return of(thrown.getCause(), gson);
        }
        if (!(thrown instanceof ResponseErrorException refused)) {
            return new Failure(
                    "daemon.noAnswer", "The daemon gave no answer: " + thrown.getMessage() + ".", "Try again.");
        }
        ResponseError error = refused.getResponseError();
        if (error.getData() instanceof JsonElement data) {
            try {
                dev.drawbridge.protocol.Failure failure = gson.fromJson(data, dev.drawbridge.protocol.Failure.class);
                return new Failure(failure.code(), failure.message(), failure.action(), failure.url());
            } catch (JsonParseException e) {
                // An MCP server's own error carries other data; its sentence is all there is to tell.
                return new Failure("mcp.serverError", error.getMessage(), "See what the server's documentation says.");
            }
        }
        return new Failure("protocol." + error.getCode(), error.getMessage(), "Check what was asked for.");
    }
}
