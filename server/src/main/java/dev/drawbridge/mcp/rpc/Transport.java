package dev.drawbridge.mcp.rpc;

import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries messages to one server. */
public interface Transport extends AutoCloseable {
    /**
     * Begins to carry messages.
     *
     * @param lost told when the server is gone for good, at most once and never after {@link #close}
     */
    Optional<McpFailure> open(Inbox inbox, Consumer<McpFailure> lost);

    /** Whether abandoning a call tells the server so, which then needs no {@code notifications/cancelled} (requirement 65). */
    boolean cancelsByAbandoning();

    /** Sends a request without waiting for its answer; whatever goes wrong ends the call. */
    void start(PendingCall call, RawJson params);

    /** Stops waiting for a call that has ended without an answer. */
    void abandon(PendingCall call);

    /** Sends a notification, or an answer to a request of the server's; empty when the server took it. */
    Optional<McpFailure> send(byte[] message, String operation, Duration timeout);

    @Override
    void close();
}
