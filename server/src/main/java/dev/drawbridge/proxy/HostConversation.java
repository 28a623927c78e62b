package dev.drawbridge.proxy;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What one host says, message by message. The reading thread calls {@link #heard} and never waits there: requests run on
 * threads of their own, notifications go on in their order from one thread.
 */
final class HostConversation {
    private static final int MOST_REQUESTS = 1024;

    private final HostWire wire;
    private final HostRequests requests;
    private final ServerSide server;
    private final Map<String, Cancellation> open = new ConcurrentHashMap<>();
    private final ExecutorService onward = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("host-notifications").factory());

    HostConversation(HostWire wire, HostRequests requests, ServerSide server) {
        this.wire = wire;
        this.requests = requests;
        this.server = server;
    }

    void heard(RpcMessage message) {
        switch (message) {
            case RpcMessage.Response(Optional<String> id, var outcome) -> requests.answered(id, outcome);
            case RpcMessage.Notification(String method, RawJson params) -> notified(method, params);
            case RpcMessage.Request request -> asked(request);
        }
    }

    private void notified(String method, RawJson params) {
        switch (method) {
            case "notifications/initialized" -> {
                // Each session with the server has said this for itself.
            }
            case "notifications/cancelled" -> cancelled(params);
            default -> onward.execute(() -> server.notify(method, params));
        }
    }

    private void cancelled(RawJson params) {
        try {
            JsonSlices.ofObject(params.bytes())
                    .raw("requestId")
                    .flatMap(RpcMessage::key)
                    .ifPresent(id -> {
                        Optional.ofNullable(open.remove(id)).ifPresent(Cancellation::cancel);
                        server.unsubscribe(id);
                    });
        } catch (MalformedJson e) {
            // A cancellation without a name cancels nothing.
            return;
        }
    }

    private void asked(RpcMessage.Request request) {
        Optional<String> key = RpcMessage.key(request.id());
        if (key.isEmpty()) {
            wire.error(request.id(), -32600, "A request's id is not null", Optional.empty());
            return;
        }
        Cancellation cancellation = new Cancellation();
        if (open.size() >= MOST_REQUESTS || open.putIfAbsent(key.get(), cancellation) != null) {
            wire.error(
                    request.id(),
                    -32600,
                    "The request's id is in use, or too many requests are open",
                    Optional.empty());
            return;
        }
        Runnable work = () -> {
            Reply reply = reply(request, cancellation);
            boolean wanted = open.remove(key.get(), cancellation);
            if (wanted) {
                send(request.id(), reply);
                server.answered();
            }
        };
        if (request.method().equals("initialize")) {
            // What follows may rely on it.
            work.run();
        } else {
            Thread.ofVirtual().name("host-request").start(work);
        }
    }

    private Reply reply(RpcMessage.Request request, Cancellation cancellation) {
        try {
            return server.reply(request, cancellation);
        } catch (MalformedJson e) {
            return new Reply.Refusal(-32602, "Invalid params: " + e.getMessage(), Optional.empty());
        } catch (RuntimeException e) {
            System.getLogger(HostConversation.class.getName())
                    .log(System.Logger.Level.ERROR, "Answering a host's " + request.method() + " failed", e);
            return new Reply.Refusal(-32603, "Drawbridge failed while it handled this request.", Optional.empty());
        }
    }

    private void send(RawJson id, Reply reply) {
        switch (reply) {
            case Reply.Result(RawJson result) -> wire.result(id, result);
            case Reply.Refusal(long code, String message, Optional<RawJson> data) ->
                wire.error(id, code, message, data);
            case Reply.Nothing() -> {
                // Cancelled, or answered in its own way.
            }
        }
    }

    void close() {
        open.values().forEach(Cancellation::cancel);
        onward.shutdown();
        requests.close();
        server.close();
    }
}
