package dev.drawbridge.mcp.legacy;

import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.http.Bodies;
import dev.drawbridge.mcp.http.Exchange;
import dev.drawbridge.mcp.http.HttpAnswer;
import dev.drawbridge.mcp.http.HttpAsk;
import dev.drawbridge.mcp.http.HttpLink;
import dev.drawbridge.mcp.http.SseEvent;
import dev.drawbridge.mcp.http.SseReader;
import dev.drawbridge.mcp.rpc.Backoff;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.Inbox;
import dev.drawbridge.mcp.rpc.PendingCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The GET stream of the initialize era, kept open for as long as the session lives (requirements 70, 73 and 75). It owns
 * one virtual thread, which blocks while nothing happens.
 */
final class ServerStream {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);
    private static final int MOST_FAILURES = 3;

    private final HttpLink link;
    private final Supplier<Map<String, String>> sessionHeaders;
    private final Inbox inbox;
    private final Events events;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile Exchange exchange = new Exchange();
    private volatile boolean open;
    private volatile boolean waitsForAuthorization;
    private Optional<String> lastEventId = Optional.empty();
    private Duration retry = DEFAULT_RETRY;
    private boolean everOpened;
    private int failures;
    private int emptyStreams;

    /** Whom the stream tells what only it can notice. */
    record Events(Consumer<McpFailure> serverGone, Consumer<Rejection> unauthorized, Runnable sessionLost) {}

    ServerStream(HttpLink link, Supplier<Map<String, String>> sessionHeaders, Inbox inbox, Events events) {
        this.link = link;
        this.sessionHeaders = sessionHeaders;
        this.inbox = inbox;
        this.events = events;
    }

    void start() {
        Thread.startVirtualThread(this::run);
    }

    /** Waits until the first GET has been answered, if that does not take long. */
    void awaitFirst(Duration limit) {
        try {
            if (!settled.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                // Some servers send nothing before the first event.
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isOpen() {
        return open;
    }

    void stop() {
        stopped.countDown();
        exchange.abort();
    }

    void resumeAfterAuthorization() {
        if (waitsForAuthorization && stopped.getCount() > 0) {
            waitsForAuthorization = false;
            start();
        }
    }

    private void run() {
        Optional<Duration> pause = Optional.of(Duration.ZERO);
        while (pause.isPresent() && !stoppedWithin(pause.get())) {
            pause = once();
            settled.countDown();
        }
    }

    /** One GET; how long to wait before the next, or nothing when there shall be none. */
    private Optional<Duration> once() {
        Map<String, String> headers = sessionHeaders.get();
        headers.put("Accept", "text/event-stream");
        lastEventId.ifPresent(id -> headers.put("Last-Event-ID", id));
        HttpAsk ask =
                new HttpAsk("GET", link.base(), headers, Optional.empty(), "the server's stream", PendingCalls.LONGEST);
        // A time limit gives one request up, and with it its exchange.
        Exchange mine = new Exchange();
        exchange = mine;
        if (stopped.getCount() == 0) {
            return Optional.empty();
        }
        return switch (link.send(ask, mine)) {
            case HttpAnswer.Aborted() -> Optional.empty();
            case HttpAnswer.Unauthorized(Rejection rejection) -> {
                waitsForAuthorization = true;
                events.unauthorized().accept(rejection);
                yield Optional.empty();
            }
            // A server that has nothing to say may not even send headers: it is asked again, and nothing is amiss.
            case HttpAnswer.Failed(McpFailure failure) ->
                Failures.isTimeout(failure)
                        ? Optional.of(Backoff.after(++emptyStreams, retry, LONGEST_PAUSE))
                        : failed(failure);
            case HttpAnswer.Response response -> opened(response);
        };
    }

    private Optional<Duration> opened(HttpAnswer.Response response) {
        if (response.status() == 200 && response.isEventStream()) {
            everOpened = true;
            failures = 0;
            return read(response);
        }
        Bodies.discard(response);
        if (response.status() == 404 && sessionHeaders.get().containsKey("Mcp-Session-Id") && everOpened) {
            events.sessionLost().run();
            return Optional.empty();
        }
        if (everOpened && response.status() >= 500) {
            return failed(Failures.httpStatus(response.uri(), response.status(), ""));
        }
        // 405 says that the server has no such stream; other refusals of the first GET mean the same in practice.
        return Optional.empty();
    }

    private Optional<Duration> read(HttpAnswer.Response response) {
        boolean sawEvents = false;
        long began = System.nanoTime();
        open = true;
        settled.countDown();
        try {
            SseReader reader =
                    new SseReader(response.body(), Bodies.fitting(link.options().maxAnswerBytes()));
            Optional<SseEvent> event = reader.next();
            while (event.isPresent()) {
                sawEvents = true;
                if (event.get().id().isPresent()) {
                    lastEventId = event.get().id();
                }
                event.get().retry().ifPresent(value -> retry = value);
                if (event.get().isMessage()) {
                    inbox.accept(event.get().data());
                }
                event = reader.next();
            }
        } catch (Bodies.TooLarge e) {
            inbox.remark("an event of the server's stream was too large and was given up");
            Exchange.closeQuietly(response.body());
        } catch (IOException e) {
            // A stream that breaks is opened again, like one that ends.
        } finally {
            open = false;
        }
        boolean lasted = System.nanoTime() - began > Duration.ofSeconds(30).toNanos();
        emptyStreams = sawEvents || lasted ? 0 : emptyStreams + 1;
        return Optional.of(
                emptyStreams == 0 ? Backoff.jittered(retry) : Backoff.after(emptyStreams, retry, LONGEST_PAUSE));
    }

    /** A server that cannot be reached several times in a row is gone; within about four seconds. */
    private Optional<Duration> failed(McpFailure failure) {
        failures++;
        if (!failure.passing() || failures > MOST_FAILURES) {
            events.serverGone().accept(failure);
            return Optional.empty();
        }
        return Optional.of(Backoff.after(failures, FIRST_PAUSE, LONGEST_PAUSE));
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
