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
            case "oauth.unknownFlow", "oauth.flowOver", "oauth.flowExpired" -> ErrorCodes.UNKNOWN_FLOW;
            case "auth.signInNeeded", "auth.signInRunning" -> ErrorCodes.SIGN_IN_REQUIRED;
            case "mcp.timeout" -> ErrorCodes.TIMED_OUT;
            case "hub.disabled", "hub.untrusted", "hub.notReady" -> ErrorCodes.SERVER_UNAVAILABLE;
            case "hub.definitionChanged", "hub.noWorkspace", "hub.approvalNotKept" -> ErrorCodes.CONFIGURATION_REFUSED;
            default -> ofArea(code.substring(0, Math.max(0, code.indexOf('.'))));
        };
    }

    private static ErrorCodes ofArea(String area) {
        return switch (area) {
            case "config" -> ErrorCodes.CONFIGURATION_REFUSED;
            case "mcp" -> ErrorCodes.SERVER_UNAVAILABLE;
            default -> ErrorCodes.OPERATION_FAILED;
        };
    }
}
