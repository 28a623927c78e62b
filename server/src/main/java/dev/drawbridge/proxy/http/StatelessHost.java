package dev.drawbridge.proxy.http;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import dev.drawbridge.mcp.rpc.RpcText;
import dev.drawbridge.proxy.HostConversation;
import dev.drawbridge.proxy.HostWire;
import dev.drawbridge.proxy.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All hosts of 2026-07-28 that say the same of themselves at one path: they have no sessions that could tell them apart,
 * and share a conversation. Their requests' ids may be the same and are never compared; their progress tokens are replaced by unique
 * ones on the way in and put back on the way out.
 */
final class StatelessHost implements HostWire {
    private static final String PROGRESS = "notifications/progress";

    private final InstantSource clock;
    private final Duration quick;
    private final OpenPosts posts = new OpenPosts();
    private final AtomicLong lastToken = new AtomicLong();
    private final AtomicLong lastUsed = new AtomicLong();
    private volatile Optional<HostConversation> conversation = Optional.empty();

    StatelessHost(InstantSource clock, Duration quick) {
        this.clock = clock;
        this.quick = quick;
        used();
    }

    void begin(HostConversation opened) {
        conversation = Optional.of(opened);
    }

    HostConversation conversation() {
        return conversation.orElseThrow();
    }

    void used() {
        lastUsed.set(clock.millis());
    }

    long lastUsed() {
        return lastUsed.get();
    }

    boolean isBusy() {
        return !posts.isEmpty();
    }

    /** Answers a request. */
    void post(RpcMessage.Request asked, Request request, Exchange exchange) throws IOException {
        used();
        EventStream stream = new EventStream(Optional.empty());
        Cancellation cancellation = new Cancellation();
        exchange.gone().onCancel(() -> {
            // After its answer the request is over, while what it began may wait for the host's next one.
            if (!stream.isEnded()) {
                cancellation.cancel();
            }
        });
        Thread.ofVirtual().name("host-request").start(() -> run(asked, cancellation, stream));
        boolean plain = request.head().accepts("application/json");
        Optional<byte[]> only = plain ? stream.only(quick) : Optional.empty();
        if (only.isPresent()) {
            exchange.send(Response.json(StatelessChecks.status(only.get()), only.get()));
        } else if (request.head().accepts("text/event-stream")) {
            stream.pump(exchange, Map.of("Content-Type", "text/event-stream", "X-Accel-Buffering", "no"), false);
        } else {
            cancellation.cancel();
            exchange.send(Response.refusal(406, "The answer is a stream of events, which Accept does not admit."));
        }
        used();
    }

    private void run(RpcMessage.Request asked, Cancellation cancellation, EventStream stream) {
        Reply reply = new Reply.Nothing();
        try {
            Optional<JsonSlices> meta =
                    JsonSlices.ofObject(asked.params().bytes()).object("_meta");
            Optional<RawJson> token = meta.flatMap(slices -> slices.raw("progressToken"));
            boolean hearsLog = meta.filter(slices -> slices.has("io.modelcontextprotocol/logLevel"))
                    .isPresent();
            posts.add(cancellation, new OpenPosts.Post(stream, hearsLog, token));
            reply = conversation().answer(token.isPresent() ? retold(asked) : asked, cancellation);
        } catch (MalformedJson e) {
            reply = new Reply.Refusal(-32602, "Invalid params: " + e.getMessage(), Optional.empty());
        } finally {
            posts.remove(cancellation);
            stream.finish(reply.text(asked.id()));
        }
    }

    private RpcMessage.Request retold(RpcMessage.Request asked) throws MalformedJson {
        RawJson unique = RawJson.of(JsonText.quote("http-" + lastToken.incrementAndGet()));
        return new RpcMessage.Request(
                asked.id(), asked.method(), JsonEdit.within(asked.params(), "_meta", Map.of("progressToken", unique)));
    }

    /** Servers' questions are part of answers in this era; nobody is asked directly. */
    @Override
    public void request(String id, String method, RawJson params, Optional<Cancellation> within) {
        throw new IllegalStateException("a stateless host is not asked: " + method);
    }

    @Override
    public void notification(String method, RawJson params, Optional<Cancellation> within) {
        boolean log = method.equals("notifications/message");
        Optional<OpenPosts.Post> post = posts.of(within)
                .or(() -> log ? posts.newest(OpenPosts.Post::hearsLog) : Optional.empty())
                .filter(found -> !log || found.hearsLog());
        post.ifPresent(found -> found.stream().add(RpcText.notification(method, told(method, params, found))));
    }

    private static RawJson told(String method, RawJson params, OpenPosts.Post post) {
        if (!method.equals(PROGRESS) || post.token().isEmpty()) {
            return params;
        }
        try {
            return JsonEdit.with(params, Map.of("progressToken", post.token().get()));
        } catch (MalformedJson e) {
            return params;
        }
    }

    void close() {
        conversation.ifPresent(HostConversation::close);
    }
}
