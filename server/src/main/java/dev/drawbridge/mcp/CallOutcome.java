package dev.drawbridge.mcp;

import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;

/** How one request ended. */
public sealed interface CallOutcome {
    /** The server's result, untouched. */
    record Result(RawJson result) implements CallOutcome {}

    /** The server's own JSON-RPC error. */
    record ServerError(long code, String message, Optional<RawJson> data) implements CallOutcome {}

    record Unauthorized(Rejection rejection) implements CallOutcome {}

    record Failed(McpFailure failure) implements CallOutcome {}

    record Cancelled() implements CallOutcome {}
}
