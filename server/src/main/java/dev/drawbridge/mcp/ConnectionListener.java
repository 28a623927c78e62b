package dev.drawbridge.mcp;

import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;

/**
 * Hears what a server says of its own accord. Called on the connection's threads, notifications in the order they came;
 * an implementation only enqueues, except {@link #onServerRequest}, which may wait for a person.
 */
public interface ConnectionListener {
    /**
     * A notification, untouched. Progress that answers to a {@link ProgressListener} goes there; it comes here as well
     * when its token was the caller's own.
     */
    void onNotification(String method, RawJson params);

    /**
     * The same, for who cares during which call it came.
     *
     * @param within named by the call's cancellation, where the transport or a progress token tells
     */
    default void onNotification(String method, RawJson params, Optional<Cancellation> within) {
        onNotification(method, params);
    }

    /** A request of the server, on a thread of its own. Answered {@code ping}s never come here. */
    ServerRequest.Answer onServerRequest(ServerRequest request);

    /** A line a local server wrote to its stderr, cut at a bound. */
    void onStderr(String line);

    /** A remark of ours about what the server did wrong without ending the connection: a line that is no JSON, a tool left out. */
    default void onRemark(String line) {
        onStderr(line);
    }

    /** The connection is gone, told exactly once, and not after {@link Connection#close}. */
    void onClosed(McpFailure why);

    /** A background stream lost its authorization; calls go on to be tried. */
    void onUnauthorized(Rejection rejection);
}
