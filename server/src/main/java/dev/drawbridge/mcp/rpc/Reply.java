package dev.drawbridge.mcp.rpc;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.McpFailure;

/**
 * How one message's journey ended, with what only the transport knows.
 *
 * @param status the HTTP status the outcome came with; 0 where there is none
 */
public record Reply(CallOutcome outcome, int status) {
    public static Reply of(CallOutcome outcome) {
        return new Reply(outcome, 0);
    }

    public static Reply failed(McpFailure failure) {
        return of(new CallOutcome.Failed(failure));
    }
}
