package dev.drawbridge.hub;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ProgressListener;
import java.time.Duration;
import java.util.Optional;

/**
 * How a session wants a call to be made.
 *
 * @param timeout the longest silence; progress starts it anew; empty for the server's configured or the default value
 * @param requestedBy who caused the call, for a sign-in prompt it may lead to
 */
public record CallOptions(
        Optional<Duration> timeout,
        ProgressListener progress,
        Cancellation cancellation,
        Optional<String> requestedBy) {
    public static CallOptions plain() {
        return new CallOptions(Optional.empty(), ProgressListener.NONE, new Cancellation(), Optional.empty());
    }
}
