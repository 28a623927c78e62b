package dev.drawbridge.hub;

import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;

/** How an MCP request ended. */
public sealed interface CallResult {
    /** The server's result, untouched. */
    record Answered(RawJson result) implements CallResult {}

    /** The server's own JSON-RPC error, untouched. */
    record ServerError(long code, String message, Optional<RawJson> data) implements CallResult {}

    /** The request did not get an answer; the failure says why and what to do. */
    record NotAnswered(Failure failure) implements CallResult {}

    record Cancelled() implements CallResult {}
}
