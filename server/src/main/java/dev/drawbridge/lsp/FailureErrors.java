package dev.drawbridge.lsp;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.protocol.ErrorCodes;
import dev.drawbridge.protocol.ServerError;
import java.util.Optional;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;

/**
 * The one place where a failure becomes an error on the wire: the JSON-RPC code tells kinds apart that a client treats
 * differently, the {@code data} says everything.
 */
final class FailureErrors {
    private FailureErrors() {}

    static ResponseErrorException of(Failure failure) {
        return new ResponseErrorException(
                new ResponseError(code(failure).wire(), failure.message(), WireValues.failure(failure)));
    }

    /** The MCP server's own error, which goes inside ours: its code may mean something else here. */
    static ResponseErrorException ofServer(long code, String message, Optional<RawJson> data) {
        return new ResponseErrorException(new ResponseError(
                ErrorCodes.SERVER_ERROR.wire(),
                message,
                new ServerError(
                        Math.clamp(code, Integer.MIN_VALUE, Integer.MAX_VALUE), message, data.map(RawJson::tree))));
    }

    private static ErrorCodes code(Failure failure) {
        String code = failure.code();
        return switch (code) {
            case "hub.unknownServer" -> ErrorCodes.UNKNOWN_SERVER;
            case "hub.unknownFlow", "oauth.unknownFlow" -> ErrorCodes.UNKNOWN_FLOW;
            case "hub.authRequired", "hub.signInRequired" -> ErrorCodes.SIGN_IN_REQUIRED;
            case "hub.timeout", "hub.timedOut", "mcp.timeout", "mcp.timedOut" -> ErrorCodes.TIMED_OUT;
            default -> byArea(code);
        };
    }

    private static ErrorCodes byArea(String code) {
        if (code.startsWith("config.")) {
            return ErrorCodes.CONFIGURATION_REFUSED;
        }
        return code.startsWith("mcp.") || code.startsWith("hub.server")
                ? ErrorCodes.SERVER_UNAVAILABLE
                : ErrorCodes.OPERATION_FAILED;
    }
}
