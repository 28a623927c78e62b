package dev.drawbridge.mcp.rpc;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ProgressListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request between its sending and its end. Any thread may end it; the first one counts. */
public final class PendingCall {
    private final String id;
    private final String method;
    private final String operation;
    private final ProgressListener progress;
    private final Cancellation cancellation;
    private final Optional<String> progressToken;
    private final CompletableFuture<Optional<Reply>> reply = new CompletableFuture<>();
    private volatile long lastSign = System.nanoTime();

    /** @param progressToken the normalised token under which the server reports progress, when it may */
    public PendingCall(
            String id,
            String method,
            String operation,
            ProgressListener progress,
            Cancellation cancellation,
            Optional<String> progressToken) {
        this.id = id;
        this.method = method;
        this.operation = operation;
        this.progress = progress;
        this.cancellation = cancellation;
        this.progressToken = progressToken;
    }

    public String id() {
        return id;
    }

    public String method() {
        return method;
    }

    /** For messages and rejections, such as {@code tools/call create_issue}. */
    public String operation() {
        return operation;
    }

    ProgressListener progress() {
        return progress;
    }

    /** The caller's; it also names the call. */
    Cancellation cancellation() {
        return cancellation;
    }

    Optional<String> progressToken() {
        return progressToken;
    }

    public void end(Reply value) {
        reply.complete(Optional.of(value));
    }

    /** Nobody waits for a reply any more. */
    void timeOut() {
        reply.complete(Optional.empty());
    }

    public void end(CallOutcome outcome) {
        end(Reply.of(outcome));
    }

    public boolean hasEnded() {
        return reply.isDone();
    }

    /** The server is alive and at it: the silence begins anew. */
    public void touch() {
        lastSign = System.nanoTime();
    }

    /** Waits for the end, at most so long; whether it came. */
    public boolean awaitEnd(Duration atMost) {
        try {
            reply.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call ends with a value", e);
        }
    }

    long lastSign() {
        return lastSign;
    }

    CompletableFuture<Optional<Reply>> reply() {
        return reply;
    }
}
