package dev.drawbridge.mcp.stateless;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.Backoff;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.ListKinds;
import dev.drawbridge.mcp.rpc.Reply;
import dev.drawbridge.mcp.rpc.RpcChannel;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keeps a {@code subscriptions/listen} open (requirement 128): one for the lists that may change and the resources being
 * watched. A changed filter opens the next stream before the old one is let go. Each stream owns a virtual thread, which
 * blocks while nothing happens; the fields are guarded by this object's lock.
 */
final class ListenStream {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration SHORT_LIVED = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final int MOST_FAILURES = 3;
    private static final int MOST_WATCHED = 1000;

    private final RpcChannel channel;
    private final ListKinds kinds;
    private final MetaMerge meta;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<String, Stream> byId = new ConcurrentHashMap<>();
    private final Set<String> watched = new LinkedHashSet<>();
    private Optional<Stream> current = Optional.empty();
    private boolean waitsForAuthorization;

    /** Adds what every request of the era carries. */
    @FunctionalInterface
    interface MetaMerge {
        RawJson into(RawJson params) throws MalformedJson;
    }

    ListenStream(RpcChannel channel, ListKinds kinds, MetaMerge meta) {
        this.channel = channel;
        this.kinds = kinds;
        this.meta = meta;
        channel.inbox().filter(this::pass);
    }

    /** One filter's stream, through all its reconnections. */
    private static final class Stream {
        private final List<String> watched;
        private final Optional<Stream> replaces;
        private final Cancellation cancellation = new Cancellation();
        private final CompletableFuture<CallOutcome> first = new CompletableFuture<>();
        private volatile boolean acknowledged;
        private volatile boolean gap;

        Stream(List<String> watched, Optional<Stream> replaces) {
            this.watched = watched;
            this.replaces = replaces;
        }
    }

    void start() {
        if (!kinds.changing().isEmpty()) {
            replace();
        }
    }

    boolean canWatch() {
        return kinds.subscribable();
    }

    /** Adds or drops a resource; ends when the server has acknowledged the new filter. */
    CallOutcome watch(String uri, boolean on, Duration limit) {
        synchronized (this) {
            boolean changed = on ? watched.size() < MOST_WATCHED && watched.add(uri) : watched.remove(uri);
            if (!changed) {
                return new CallOutcome.Result(RawJson.EMPTY_OBJECT);
            }
        }
        CallOutcome end;
        try {
            end = replace().first.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            end = new CallOutcome.Failed(Failures.timeout("subscriptions/listen", limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end = new CallOutcome.Cancelled();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a stream's beginning is a value", e);
        }
        if (!(end instanceof CallOutcome.Result) && on) {
            synchronized (this) {
                watched.remove(uri);
            }
        }
        return end;
    }

    private synchronized Stream replace() {
        Stream next = new Stream(List.copyOf(watched), current);
        current = Optional.of(next);
        Thread.startVirtualThread(() -> run(next));
        return next;
    }

    void stop() {
        stopped.countDown();
        synchronized (this) {
            current.ifPresent(stream -> {
                stream.cancellation.cancel();
                stream.replaces.ifPresent(old -> old.cancellation.cancel());
            });
        }
    }

    void resumeAfterAuthorization() {
        synchronized (this) {
            if (!waitsForAuthorization || stopped.getCount() == 0) {
                return;
            }
            waitsForAuthorization = false;
        }
        Stream next = replace();
        next.gap = true;
    }

    private void run(Stream stream) {
        int failures = 0;
        int shortLived = 0;
        while (stopped.getCount() > 0 && !stream.cancellation.isCancelled()) {
            long began = System.nanoTime();
            boolean before = stream.acknowledged;
            stream.acknowledged = false;
            Reply reply = once(stream);
            boolean lasted = System.nanoTime() - began > SHORT_LIVED.toNanos();
            stream.first.complete(reply.outcome());
            if (stream.cancellation.isCancelled() || !isCurrent(stream)) {
                return;
            }
            failures = stream.acknowledged ? 0 : failures + 1;
            shortLived = lasted ? 0 : shortLived + 1;
            boolean ever = before || stream.acknowledged || stream.gap;
            if (!goesOn(reply, ever, failures)) {
                return;
            }
            stream.gap = true;
            if (stoppedWithin(Backoff.after(Math.max(failures, shortLived), FIRST_PAUSE, LONGEST_PAUSE))) {
                return;
            }
        }
    }

    /** Whether a stream that ended so is worth opening again. */
    private boolean goesOn(Reply reply, boolean everWorked, int failures) {
        return switch (reply.outcome()) {
            case CallOutcome.Result result -> true;
            case CallOutcome.ServerError(long code, String message, var data) -> {
                channel.inbox().remark("subscriptions/listen was refused: " + Failures.shortened(message));
                yield false;
            }
            case CallOutcome.Unauthorized(Rejection rejection) -> {
                synchronized (this) {
                    waitsForAuthorization = true;
                }
                channel.listener().onUnauthorized(rejection);
                yield false;
            }
            case CallOutcome.Failed(McpFailure why) -> {
                if (!everWorked && reply.status() > 0) {
                    channel.inbox().remark("subscriptions/listen is not offered: " + why.message());
                    yield false;
                }
                if (!why.passing() || failures > MOST_FAILURES) {
                    channel.lose(why);
                    yield false;
                }
                yield true;
            }
            case CallOutcome.Cancelled() -> false;
        };
    }

    private Reply once(Stream stream) {
        String[] ids = new String[1];
        try {
            return channel.listen(
                    "subscriptions/listen", meta.into(filter(stream.watched)), LONGEST, stream.cancellation, id -> {
                        ids[0] = id;
                        byId.put(id, stream);
                    });
        } catch (MalformedJson e) {
            return Reply.failed(Failures.badEndpoint("The client's capabilities are no JSON: " + e.getMessage()));
        } finally {
            if (ids[0] != null) {
                byId.remove(ids[0]);
            }
        }
    }

    private RawJson filter(List<String> resources) {
        StringJoiner members = new StringJoiner(",", "{\"notifications\":{", "}}");
        kinds.changing().forEach(kind -> members.add("\"" + kind + "ListChanged\":true"));
        if (!resources.isEmpty()) {
            StringJoiner uris = new StringJoiner(",", "[", "]");
            resources.forEach(uri -> uris.add(JsonText.quote(uri)));
            members.add("\"resourceSubscriptions\":" + uris);
        }
        return RawJson.of(members.toString());
    }

    /** Takes the marks off what our own streams bring; what is marked by a stream of the caller's is left alone. */
    private Optional<RawJson> pass(String method, RawJson params) {
        try {
            Optional<JsonSlices> meta = JsonSlices.ofObject(params.bytes()).object("_meta");
            Optional<Stream> stream = meta.flatMap(slices -> slices.raw(RequestMeta.SUBSCRIPTION_ID))
                    .flatMap(RpcMessage::key)
                    .flatMap(id -> Optional.ofNullable(byId.get(id)));
            if (stream.isEmpty()) {
                return Optional.of(params);
            }
            if (method.equals("notifications/subscriptions/acknowledged")) {
                acknowledged(stream.get());
                return Optional.empty();
            }
            return Optional.of(RequestMeta.withoutSubscription(params));
        } catch (MalformedJson e) {
            return Optional.of(params);
        }
    }

    private void acknowledged(Stream stream) {
        stream.acknowledged = true;
        stream.first.complete(new CallOutcome.Result(RawJson.EMPTY_OBJECT));
        stream.replaces.ifPresent(old -> old.cancellation.cancel());
        if (stream.gap) {
            stream.gap = false;
            kinds.announceAll(channel.listener());
            stream.watched.forEach(uri -> channel.listener()
                    .onNotification(
                            "notifications/resources/updated", RawJson.of("{\"uri\":" + JsonText.quote(uri) + "}")));
        }
    }

    private synchronized boolean isCurrent(Stream stream) {
        return current.filter(value -> value == stream).isPresent();
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
