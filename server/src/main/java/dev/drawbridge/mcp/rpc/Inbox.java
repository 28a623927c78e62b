package dev.drawbridge.mcp.rpc;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ConnectionListener;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Sorts what a server sends: answers to the calls that wait, progress to its listeners, requests to threads of their own,
 * everything else to the connection's listener. Called on the transports' threads; one stream's messages in their order.
 */
public final class Inbox {
    private static final Logger LOG = System.getLogger(Inbox.class.getName());
    private static final int MOST_SERVER_REQUESTS = 64;

    private final ConnectionListener listener;
    private final PendingCalls calls;
    private final BiConsumer<RawJson, ServerRequest.Answer> answers;
    private final Map<String, Cancellation> serverRequests = new ConcurrentHashMap<>();
    private volatile boolean mayBeAsked;
    private volatile NotificationFilter filter = (method, params) -> Optional.of(params);

    /** Looks at a notification before the listener does. */
    @FunctionalInterface
    public interface NotificationFilter {
        /** The parameters to pass on, or nothing to keep the notification back. */
        Optional<RawJson> pass(String method, RawJson params);
    }

    /** @param answers sends the answer to the request with the id */
    public Inbox(ConnectionListener listener, PendingCalls calls, BiConsumer<RawJson, ServerRequest.Answer> answers) {
        this.listener = listener;
        this.calls = calls;
        this.answers = answers;
    }

    /** The initialize era is agreed on, in which servers make requests too. */
    public void allowServerRequests() {
        mayBeAsked = true;
    }

    public void filter(NotificationFilter value) {
        filter = value;
    }

    /** Takes one line or event; what is no message is remarked on and skipped, for the next one may be fine. */
    public void accept(byte[] text) {
        accept(text, Optional.empty());
    }

    /** The same from the stream that belongs to a call. */
    public void accept(byte[] text, PendingCall within) {
        accept(text, Optional.of(within));
    }

    private void accept(byte[] text, Optional<PendingCall> within) {
        try {
            for (RpcMessage message : RpcMessage.parse(text)) {
                accept(message, 0, within);
            }
        } catch (MalformedJson e) {
            remark("skipped what is no JSON-RPC message (" + e.getMessage() + "): " + start(text));
        }
    }

    /** @param status the HTTP status the message came with, 0 for none */
    public void accept(RpcMessage message, int status, PendingCall within) {
        accept(message, status, Optional.of(within));
    }

    private void accept(RpcMessage message, int status, Optional<PendingCall> within) {
        switch (message) {
            case RpcMessage.Response(Optional<String> id, CallOutcome outcome) -> {
                Optional<PendingCall> call = id.flatMap(calls::byId);
                if (call.isPresent()) {
                    call.get().end(new Reply(outcome, status));
                } else if (id.isEmpty()
                        && outcome instanceof CallOutcome.ServerError(long code, String text, var data)) {
                    remark("the server reported error " + code + " to no call in particular: "
                            + Failures.shortened(text));
                }
            }
            case RpcMessage.Notification(String method, RawJson params) -> notified(method, params, within);
            case RpcMessage.Request(RawJson id, String method, RawJson params) -> asked(id, method, params, within);
        }
    }

    /** Gives up whatever the server still waits for. */
    public void close() {
        serverRequests.values().forEach(Cancellation::cancel);
    }

    private void notified(String method, RawJson params, Optional<PendingCall> within) {
        Optional<PendingCall> about = within;
        if (method.equals("notifications/progress")) {
            Optional<Progress> progress = Progress.of(params);
            Optional<PendingCall> call = progress.flatMap(value -> calls.byProgressToken(value.token()));
            if (call.isPresent() && progress.isPresent() && progressed(call.get(), progress.get())) {
                return;
            }
            about = call.or(() -> within);
        }
        if (method.equals("notifications/cancelled") && cancelled(params)) {
            return;
        }
        if (about.isEmpty()) {
            about = subscription(params);
        }
        Optional<Cancellation> call = about.map(PendingCall::cancellation);
        filter.pass(method, params).ifPresent(passed -> tell(method, passed, call));
    }

    /** Where all messages share one stream, those of a subscription name the request that began it (2026-07-28). */
    private Optional<PendingCall> subscription(RawJson params) {
        try {
            Optional<JsonSlices> meta = params.bytes()[0] == '{'
                    ? JsonSlices.ofObject(params.bytes()).object("_meta")
                    : Optional.empty();
            return meta.flatMap(slices -> slices.raw("io.modelcontextprotocol/subscriptionId"))
                    .flatMap(RpcMessage::key)
                    .flatMap(calls::byId);
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    private void tell(String method, RawJson params, Optional<Cancellation> within) {
        try {
            listener.onNotification(method, params, within);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A listener failed on " + method, e);
        }
    }

    /** Whether nobody else needs to hear of it. */
    private static boolean progressed(PendingCall call, Progress progress) {
        call.touch();
        try {
            call.progress().onProgress(progress.progress(), progress.total(), progress.message());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A progress listener failed", e);
        }
        return Progress.isOurs(progress.token());
    }

    private boolean cancelled(RawJson params) {
        try {
            Optional<Cancellation> request = JsonSlices.ofObject(params.bytes())
                    .raw("requestId")
                    .flatMap(RpcMessage::key)
                    .flatMap(id -> Optional.ofNullable(serverRequests.get(id)));
            request.ifPresent(Cancellation::cancel);
            return request.isPresent();
        } catch (MalformedJson e) {
            return false;
        }
    }

    private void asked(RawJson id, String method, RawJson params, Optional<PendingCall> within) {
        if (!mayBeAsked) {
            remark("the server made the request " + method + ", which protocol 2026-07-28 forbids; it was ignored");
            return;
        }
        if (method.equals("ping")) {
            Thread.startVirtualThread(() -> answers.accept(id, new ServerRequest.Answer.Result(RawJson.EMPTY_OBJECT)));
            return;
        }
        if (serverRequests.size() >= MOST_SERVER_REQUESTS) {
            Thread.startVirtualThread(() -> answers.accept(
                    id, new ServerRequest.Answer.Refusal(-32603, "Too many requests at once", Optional.empty())));
            return;
        }
        String key = RpcMessage.key(id).orElse("null");
        Cancellation cancellation = new Cancellation();
        serverRequests.put(key, cancellation);
        calls.serverRequestOpened();
        Thread.startVirtualThread(() -> {
            ServerRequest.Answer answer;
            try {
                answer = listener.onServerRequest(
                        new ServerRequest(method, params, cancellation, within.map(PendingCall::cancellation)));
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "A listener failed on " + method, e);
                answer = new ServerRequest.Answer.Refusal(-32603, "Internal error", Optional.empty());
            } finally {
                serverRequests.remove(key, cancellation);
                calls.serverRequestAnswered();
            }
            if (!cancellation.isCancelled()) {
                answers.accept(id, answer);
            }
        });
    }

    public void remark(String line) {
        listener.onRemark(line);
    }

    /** The beginning of a text for a log: enough to recognise it by. */
    static String start(byte[] text) {
        return Failures.shortened(
                new String(text, 0, Math.min(text.length, 400), java.nio.charset.StandardCharsets.UTF_8));
    }
}
