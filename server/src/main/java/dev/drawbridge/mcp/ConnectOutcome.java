package dev.drawbridge.mcp;

/** How an attempt to connect ended. */
public sealed interface ConnectOutcome {
    record Connected(Connection connection) implements ConnectOutcome {}

    /** The server wants a sign-in first, or a wider one. */
    record Unauthorized(Rejection rejection) implements ConnectOutcome {}

    record Failed(McpFailure failure) implements ConnectOutcome {}
}
