package dev.drawbridge.proxy;

import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.HostTarget;
import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.Trace;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * What one host says, message by message, whatever carries it. A reading thread calls {@link #told} and {@link #asked} and
 * never waits there: requests run on threads of their own, notifications go on in their order from one thread.
 */
public final class HostConversation implements AutoCloseable {
    private static final int MOST_REQUESTS = 1024;

    private final HostRequests requests;
    private final ConversationTrace trace;
    private final Served server;
    private final Runnable leave;
    private final Map<String, Cancellation> open = new ConcurrentHashMap<>();
    private final ExecutorService onward = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("host-notifications").factory());

    private HostConversation(HostRequests requests, ConversationTrace trace, Served server, Runnable leave) {
        this.requests = requests;
        this.trace = trace;
        this.server = server;
        this.leave = leave;
    }

    /**
     * Attaches a host to the hub.
     *
     * @param target the server it wants; none for all of them as one
     */
    public static HostConversation open(
            Hub hub, SessionContext context, Optional<HostTarget> target, HostOptions options, HostWire carrier) {
        ConversationTrace trace = new ConversationTrace(
                target.map(wanted -> Trace.of(wanted.server().value())).orElseGet(Trace::ofAll), context.client());
        HostWire wire = trace.over(carrier);
        HostRequests requests = new HostRequests(wire);
        return target.isPresent()
                ? one(hub, context, target.get(), options, wire, requests, trace)
                : new HostConversation(
                        requests,
                        trace,
                        new Front(wire, requests, host -> new AllServers(hub, context, host, wire, options)),
                        () -> {});
    }

    private static HostConversation one(
            Hub hub,
            SessionContext context,
            HostTarget target,
            HostOptions options,
            HostWire wire,
            HostRequests requests,
            ConversationTrace trace) {
        HubEar ear = new HubEar();
        HostSession session = hub.attachHost(context, target, ear);
        Front front = new Front(wire, requests, host -> {
            ServerSide server = new ServerSide(host, wire, session, target.server(), options);
            ear.tell(server);
            return server;
        });
        return new HostConversation(requests, trace, front, session::close);
    }

    /** Whether the server is one that the hub knows; waits until the configuration has been read. */
    public boolean isServed() {
        return server.isServed();
    }

    /** The tool list as Drawbridge last read it, if it ever did. */
    public Optional<RawJson> lastKnownTools() {
        return server.lastKnownTools();
    }

    /** The host answers a question. */
    public void told(RpcMessage.Response response) {
        trace.told(response);
        requests.answered(response.id(), response.outcome());
    }

    public void told(RpcMessage.Notification notification) {
        trace.told(notification);
        notified(notification.method(), notification.params());
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
                    .flatMap(id -> Optional.ofNullable(open.get(id)))
                    .ifPresent(Cancellation::cancel);
        } catch (MalformedJson e) {
            // A cancellation without a name cancels nothing.
            return;
        }
    }

    /**
     * A request of a host whose ids are its own.
     *
     * @param cancellation names the request from here on
     * @param heard hears how it ended, once, on any thread
     */
    public void asked(RpcMessage.Request request, Cancellation cancellation, Consumer<Reply> heard) {
        Consumer<Reply> end = trace.asked(request, heard);
        Optional<String> key = RpcMessage.key(request.id());
        if (key.isEmpty()) {
            end.accept(new Reply.Refusal(-32600, "A request's id is not null", Optional.empty()));
            return;
        }
        if (open.size() >= MOST_REQUESTS || open.putIfAbsent(key.get(), cancellation) != null) {
            end.accept(new Reply.Refusal(
                    -32600, "The request's id is in use, or too many requests are open", Optional.empty()));
            return;
        }
        Runnable work = () -> {
            Reply reply = reply(request, cancellation);
            open.remove(key.get(), cancellation);
            end.accept(cancellation.isCancelled() ? new Reply.Nothing() : reply);
            server.answered();
        };
        if (request.method().equals("initialize")) {
            // What follows may rely on it.
            work.run();
        } else {
            Thread.ofVirtual().name("host-request").start(work);
        }
    }

    /** A request whose id says nothing here, because hosts that share this conversation may use the same; blocking. */
    public Reply answer(RpcMessage.Request request, Cancellation cancellation) {
        Consumer<Reply> end = trace.asked(request, ended -> {});
        Reply reply = reply(request, cancellation);
        end.accept(reply);
        server.answered();
        return reply;
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

    @Override
    public void close() {
        open.values().forEach(Cancellation::cancel);
        onward.shutdown();
        requests.close();
        server.close();
        leave.run();
    }
}
