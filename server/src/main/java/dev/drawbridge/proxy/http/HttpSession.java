package dev.drawbridge.proxy.http;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import dev.drawbridge.mcp.rpc.RpcText;
import dev.drawbridge.proxy.HostConversation;
import dev.drawbridge.proxy.HostWire;
import dev.drawbridge.proxy.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One session of a host of the {@code initialize} family (MCP 2025-03-26 to 2025-11-25, Streamable HTTP): a stream for
 * each POST, and one that a GET opens for what belongs to none of them. A stream that broke off can be gone on with for
 * as long as it is remembered.
 */
final class HttpSession implements HostWire {
    /** How many streams that have ended are remembered for hosts that did not get their ends. */
    private static final int MOST_REMEMBERED = 32;

    /** The revisions that have sessions. */
    static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    private static final String STANDALONE = "s0";

    private final String id;
    private final String path;
    private final InstantSource clock;
    private final Duration quick;
    private final OpenPosts posts = new OpenPosts();
    private final EventStream standalone = new EventStream(Optional.of(STANDALONE));
    private final Map<String, EventStream> streams = new LinkedHashMap<>();
    private final AtomicLong lastStream = new AtomicLong();
    private final AtomicLong lastUsed = new AtomicLong();
    private volatile Optional<HostConversation> conversation = Optional.empty();
    private volatile String version = "";

    HttpSession(String id, String path, InstantSource clock, Duration quick) {
        this.id = id;
        this.path = path;
        this.clock = clock;
        this.quick = quick;
        streams.put(STANDALONE, standalone);
        used();
    }

    void begin(HostConversation opened) {
        conversation = Optional.of(opened);
    }

    /** Whether the hub knows the server. */
    boolean isServed() {
        return conversation.orElseThrow().isServed();
    }

    String id() {
        return id;
    }

    /** The path it was opened at; it is known at no other. */
    String path() {
        return path;
    }

    void used() {
        lastUsed.set(clock.millis());
    }

    long lastUsed() {
        return lastUsed.get();
    }

    /** Whether a host is connected, or waited for. */
    boolean isBusy() {
        return !posts.isEmpty() || standalone.hasReader();
    }

    // --- from the host -------------------------------------------------------------------------------------------

    /** Answers a POST. */
    void post(List<RpcMessage> messages, Request request, Exchange exchange) throws IOException {
        used();
        HostConversation host = conversation.orElseThrow();
        List<RpcMessage.Request> requests = new ArrayList<>();
        for (RpcMessage message : messages) {
            switch (message) {
                case RpcMessage.Response response -> host.told(response);
                case RpcMessage.Notification notification -> host.told(notification);
                case RpcMessage.Request asked -> requests.add(asked);
            }
        }
        if (requests.isEmpty()) {
            exchange.send(Response.empty(202));
            return;
        }
        EventStream stream = open();
        AtomicInteger left = new AtomicInteger(requests.size());
        for (RpcMessage.Request asked : requests) {
            Cancellation cancellation = new Cancellation();
            posts.add(cancellation, new OpenPosts.Post(stream, true, Optional.empty()));
            host.asked(asked, cancellation, reply -> ended(asked, cancellation, reply, stream, left));
        }
        boolean plain = messages.size() == 1 && request.head().accepts("application/json");
        Optional<byte[]> only = plain ? stream.only(quick) : Optional.empty();
        if (only.isPresent()) {
            forget(stream);
            exchange.send(Response.json(200, only.get()).with("Mcp-Session-Id", id));
        } else if (request.head().accepts("text/event-stream")) {
            // Only hosts of this revision expect an event without data (MCP 2025-11-25, resumability).
            stream.pump(exchange, headers(), version.compareTo("2025-11-25") >= 0);
        } else {
            exchange.send(Response.refusal(406, "The answer is a stream of events, which Accept does not admit."));
        }
        used();
    }

    private void ended(
            RpcMessage.Request asked, Cancellation request, Reply reply, EventStream stream, AtomicInteger left) {
        posts.remove(request);
        if (asked.method().equals("initialize") && reply instanceof Reply.Result(RawJson result)) {
            version = agreed(result);
        }
        Optional<byte[]> message = reply.text(asked.id());
        if (left.decrementAndGet() == 0) {
            stream.finish(message);
        } else {
            message.ifPresent(stream::add);
        }
    }

    private static String agreed(RawJson result) {
        return result.tree().getAsJsonObject().get("protocolVersion").getAsString();
    }

    private Map<String, String> headers() {
        return Map.of("Content-Type", "text/event-stream", "Mcp-Session-Id", id, "X-Accel-Buffering", "no");
    }

    /** Answers a GET: the stream that belongs to no request, or one that broke off. */
    void get(RequestHead head, Exchange exchange) throws IOException {
        used();
        Optional<String> lastEvent = head.header("Last-Event-ID");
        if (lastEvent.isEmpty()) {
            standalone.pump(exchange, headers(), false);
            return;
        }
        String event = lastEvent.get();
        int dash = event.lastIndexOf('-');
        Optional<EventStream> stream = dash < 1 ? Optional.empty() : remembered(event.substring(0, dash));
        if (stream.isEmpty() || !event.substring(dash + 1).matches("\\d{1,18}")) {
            exchange.send(Response.refusal(404, "The stream of this Last-Event-ID is not known any more."));
            return;
        }
        stream.get().rewind(Long.parseLong(event.substring(dash + 1)));
        stream.get().pump(exchange, headers(), false);
    }

    private EventStream open() {
        String name = "s" + lastStream.incrementAndGet();
        EventStream stream = new EventStream(Optional.of(name));
        synchronized (streams) {
            streams.put(name, stream);
            List<String> over = streams.entrySet().stream()
                    .filter(entry -> entry.getValue().isSpent())
                    .map(Map.Entry::getKey)
                    .toList();
            over.stream().limit(Math.max(0, over.size() - MOST_REMEMBERED)).forEach(streams::remove);
        }
        return stream;
    }

    private void forget(EventStream stream) {
        synchronized (streams) {
            streams.values().remove(stream);
        }
    }

    private Optional<EventStream> remembered(String name) {
        synchronized (streams) {
            return Optional.ofNullable(streams.get(name));
        }
    }

    // --- to the host ---------------------------------------------------------------------------------------------

    @Override
    public void request(String requestId, String method, RawJson params, Optional<Cancellation> within) {
        stream(within, true).add(RpcText.request(requestId, method, params));
    }

    @Override
    public void notification(String method, RawJson params, Optional<Cancellation> within) {
        boolean ofSomeCall = method.equals("notifications/progress") || method.equals("notifications/message");
        stream(within, ofSomeCall).add(RpcText.notification(method, params));
    }

    private EventStream stream(Optional<Cancellation> within, boolean guess) {
        return posts.of(within)
                .or(() -> guess ? posts.newest(post -> true) : Optional.empty())
                .map(OpenPosts.Post::stream)
                .orElse(standalone);
    }

    void close() {
        conversation.ifPresent(HostConversation::close);
        List<EventStream> all;
        synchronized (streams) {
            all = List.copyOf(streams.values());
            streams.clear();
        }
        all.forEach(stream -> stream.finish(Optional.empty()));
    }
}
