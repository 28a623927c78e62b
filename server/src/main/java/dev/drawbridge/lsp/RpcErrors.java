package dev.drawbridge.lsp;

import com.google.gson.JsonParseException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** The one place where what went wrong becomes a JSON-RPC error (JSON-RPC 2.0 section 5.1, LSP 3.17 {@code ErrorCodes}). */
final class RpcErrors {
    private static final System.Logger LOG = System.getLogger(RpcErrors.class.getName());

    private RpcErrors() {}

    static ResponseErrorException methodNotFound(String method) {
        return error(ResponseErrorCode.MethodNotFound, "Method not found: " + method);
    }

    static ResponseErrorException error(ResponseErrorCode code, String sentence) {
        return new ResponseErrorException(new ResponseError(code, sentence, null));
    }

    /** LSP4J asks this for every request whose handler failed. */
    static ResponseError of(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case ResponseErrorException known -> known.getResponseError();
            case JsonParseException malformed ->
                new ResponseError(ResponseErrorCode.InvalidParams, "Invalid params: " + malformed.getMessage(), null);
            case CancellationException cancelled ->
                new ResponseError(ResponseErrorCode.RequestCancelled, "The request was cancelled.", null);
            default -> {
                LOG.log(Level.WARNING, "A request failed inside Drawbridge", failure);
                yield new ResponseError(
                        ResponseErrorCode.InternalError, "Drawbridge failed inside: " + failure + ".", null);
            }
        };
    }
}
