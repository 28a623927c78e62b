package dev.drawbridge.mcp.legacy;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.ProgressListener;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.RpcChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Pings a server of the initialize era for as long as the connection lives (MCP 2025-11-25, utilities: ping): the traffic
 * keeps others from taking the session for an idle one, and a server that misses two pings in a row is gone. It owns one
 * virtual thread.
 */
final class KeepAlive {
    /** A promise of the specification is a prompt answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Between a ping that failed and the one that decides. */
    private static final Duration SECOND_TRY = Duration.ofSeconds(1);

    /** The server, or what stands before it, is there and only unwilling. */
    private static final Set<String> ALIVE = Set.of("mcp.tooManyRequests", "mcp.closed");

    private final LegacyConnection connection;
    private final RpcChannel channel;
    private final Duration interval;
    private final CountDownLatch stopped = new CountDownLatch(1);

    KeepAlive(LegacyConnection connection, RpcChannel channel, Duration interval) {
        this.connection = connection;
        this.channel = channel;
        this.interval = interval;
    }

    void start() {
        Thread.ofVirtual().name("keep-alive").start(this::run);
    }

    void stop() {
        stopped.countDown();
    }

    private void run() {
        boolean missed = false;
        while (!stoppedWithin(missed ? shorter(SECOND_TRY) : interval) && channel.isOpen()) {
            CallOutcome outcome =
                    connection.call("ping", RawJson.EMPTY_OBJECT, PATIENCE, ProgressListener.NONE, new Cancellation());
            switch (outcome) {
                case CallOutcome.Result _, CallOutcome.ServerError _, CallOutcome.Cancelled _ -> missed = false;
                case CallOutcome.Unauthorized(Rejection rejection) -> {
                    missed = false;
                    channel.listener().onUnauthorized(rejection);
                }
                case CallOutcome.Failed(McpFailure failure) -> {
                    boolean counts = saysAway(failure);
                    if (missed && counts) {
                        channel.lose(failure);
                        return;
                    }
                    missed = counts;
                }
            }
        }
    }

    /** Some servers do one thing at a time, and a call may take minutes: their silence meanwhile says nothing. */
    private boolean saysAway(McpFailure failure) {
        boolean busy = Failures.isTimeout(failure) && channel.isBusy();
        return failure.passing() && !ALIVE.contains(failure.code()) && !busy;
    }

    private Duration shorter(Duration pause) {
        return pause.compareTo(interval) < 0 ? pause : interval;
    }

    private boolean stoppedWithin(Duration pause) {
        try {
            return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
