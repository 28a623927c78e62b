package dev.drawbridge.mcp.rpc;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ConnectionListener;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.ProgressListener;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Calls and notifications over one transport, the same for both eras: ids, waiting, time limits, cancellation, and the
 * one announcement that the connection is gone. Safe for any thread.
 */
public final class RpcChannel implements AutoCloseable {
    private static final Duration NOTIFICATION_LIMIT = Duration.ofSeconds(10);

    private final Transport transport;
    private final ConnectionListener listener;
    private final PendingCalls calls = new PendingCalls();
    private final OutgoingCalls outgoing = new OutgoingCalls();
    private final Inbox inbox;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CONNECTING);
    private volatile Optional<McpFailure> lost = Optional.empty();

    private enum Phase {
        CONNECTING,
        OPEN,
        LOST,
        CLOSED
    }

    public RpcChannel(Transport transport, ConnectionListener listener) {
        this.transport = transport;
        this.listener = listener;
        this.inbox = new Inbox(
                listener,
                calls,
                (id, answer) -> transport.send(RpcText.answer(id, answer), "an answer", NOTIFICATION_LIMIT));
    }

    /** Begins to carry messages; what prevents it, if anything does. */
    public Optional<McpFailure> open() {
        return transport.open(inbox, this::lose);
    }

    public Inbox inbox() {
        return inbox;
    }

    public ConnectionListener listener() {
        return listener;
    }

    /** The connection is handed over: from here on its loss is announced. The loss that came first, if one did. */
    public Optional<McpFailure> establish() {
        return phase.compareAndSet(Phase.CONNECTING, Phase.OPEN) ? Optional.empty() : lost;
    }

    public boolean isOpen() {
        Phase now = phase.get();
        return now == Phase.CONNECTING || now == Phase.OPEN;
    }

    /** Whether the server has a request of ours to answer. */
    public boolean isBusy() {
        return calls.any();
    }

    /** Ends the connection from the server's side; the first reason counts. */
    public void lose(McpFailure why) {
        lost = Optional.of(why);
        boolean unannounced = phase.compareAndSet(Phase.CONNECTING, Phase.LOST);
        boolean announced = !unannounced && phase.compareAndSet(Phase.OPEN, Phase.LOST);
        if (unannounced || announced) {
            calls.failAll(why);
            inbox.close();
        }
        if (announced) {
            listener.onClosed(why);
        }
    }

    /** Makes one request and waits for its end; the caller's parameters must be a JSON object. */
    public Reply call(
            String method, RawJson params, Duration silence, ProgressListener progress, Cancellation cancellation) {
        return run(method, params, new Limits(silence, PendingCalls.LONGEST), progress, cancellation, id -> {});
    }

    /** Makes a request whose answer ends a subscription, and tells its id before it goes out. */
    public Reply listen(
            String method, RawJson params, Duration longest, Cancellation cancellation, Consumer<String> id) {
        return run(method, params, new Limits(longest, longest), ProgressListener.NONE, cancellation, id);
    }

    private record Limits(Duration silence, Duration longest) {}

    private Reply run(
            String method,
            RawJson params,
            Limits limits,
            ProgressListener progress,
            Cancellation cancellation,
            Consumer<String> id) {
        OutgoingCalls.Prepared prepared;
        try {
            prepared = outgoing.prepare(method, params, progress, cancellation);
        } catch (MalformedJson e) {
            return Reply.of(new CallOutcome.ServerError(
                    -32602,
                    "The parameters of " + method + " are no JSON object: " + e.getMessage(),
                    Optional.empty()));
        }
        PendingCall call = prepared.call();
        calls.add(call);
        Deadlines.Deadline limit = calls.watch(call, limits.silence(), limits.longest());
        try {
            cancellation.onCancel(() -> call.end(new CallOutcome.Cancelled()));
            id.accept(call.id());
            if (!call.hasEnded()) {
                transport.start(call, prepared.params());
            }
            Optional<Reply> reply = calls.await(call);
            Reply end = reply.orElseGet(
                    () -> Reply.of(new CallOutcome.Failed(Failures.timeout(call.operation(), limits.silence()))));
            boolean tooLate =
                    end.outcome() instanceof CallOutcome.Failed(McpFailure failure) && Failures.isTimeout(failure);
            if (tooLate || end.outcome() instanceof CallOutcome.Cancelled) {
                giveUp(call, tooLate ? "The client's time limit has passed." : "The caller cancelled.");
            }
            return end;
        } finally {
            Deadlines.SHARED.forget(limit);
            calls.remove(call);
        }
    }

    /** A call that nobody can cancel and whose progress nobody watches. */
    public Reply call(String method, RawJson params, Duration silence) {
        return call(method, params, silence, ProgressListener.NONE, new Cancellation());
    }

    /** Requirements 74, 81 and 125: the server learns that nobody waits any more, also after a time limit. */
    private void giveUp(PendingCall call, String reason) {
        transport.abandon(call);
        if (transport.cancelsByAbandoning() || call.method().equals("initialize") || !isOpen()) {
            return;
        }
        RawJson params = RawJson.of("{\"requestId\":" + call.id() + ",\"reason\":\"" + reason + "\"}");
        Thread.startVirtualThread(() -> notify("notifications/cancelled", params));
    }

    /** Sends a notification; what went wrong, if anything did. */
    public Optional<McpFailure> notify(String method, RawJson params) {
        return isOpen()
                ? transport.send(RpcText.notification(method, params), method, NOTIFICATION_LIMIT)
                : Optional.of(Failures.closed());
    }

    @Override
    public void close() {
        phase.set(Phase.CLOSED);
        calls.failAll(Failures.closed());
        inbox.close();
        transport.close();
    }
}
