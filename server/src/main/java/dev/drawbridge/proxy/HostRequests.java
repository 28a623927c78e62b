package dev.drawbridge.proxy;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.ServerRequest.Answer;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** The server's requests that a host of the {@code initialize} family has to answer. Thread-safe. */
final class HostRequests {
    /** A person is behind most of them. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final int MOST = 256;

    /** Ids of two daemons must not meet: an answer to the last one's question is no answer to this one's. */
    private final String prefix = "drawbridge-" + Long.toString(System.nanoTime(), Character.MAX_RADIX) + "-";

    private final HostWire wire;
    private final AtomicLong last = new AtomicLong();
    private final Map<String, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();

    HostRequests(HostWire wire) {
        this.wire = wire;
    }

    /** Asks the host and waits for its answer. */
    Answer ask(ServerRequest request, RawJson params) {
        if (open.size() >= MOST) {
            return new Answer.Refusal(-32603, "Too many questions are open at the client", Optional.empty());
        }
        String id = prefix + last.incrementAndGet();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        open.put(id, answer);
        request.cancellation().onCancel(() -> {
            if (answer.complete(new Answer.Refusal(-32800, "Cancelled", Optional.empty()))) {
                wire.notification(
                        "notifications/cancelled",
                        RawJson.of("{\"requestId\":" + JsonText.quote(id) + "}"),
                        request.within());
            }
        });
        try {
            wire.request(JsonText.quote(id), request.method(), params, request.within());
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return new Answer.Refusal(-32603, "The client gave no answer in time", Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Refusal(-32603, "Interrupted", Optional.empty());
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is a value", e);
        } finally {
            open.remove(id);
        }
    }

    /** Takes an answer of the host; one that nobody waits for is dropped. */
    void answered(Optional<String> id, CallOutcome outcome) {
        id.flatMap(key -> Optional.ofNullable(open.get(key))).ifPresent(waiting -> waiting.complete(of(outcome)));
    }

    private static Answer of(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Result(RawJson result) -> new Answer.Result(result);
            case CallOutcome.ServerError(long code, String message, Optional<RawJson> data) ->
                new Answer.Refusal(code, message, data);
            case CallOutcome.Unauthorized _, CallOutcome.Failed _, CallOutcome.Cancelled _ ->
                new Answer.Refusal(-32603, "The client gave no answer", Optional.empty());
        };
    }

    /** The host has gone; nobody waits for it any longer. */
    void close() {
        open.values()
                .forEach(waiting ->
                        waiting.complete(new Answer.Refusal(-32603, "The client has gone", Optional.empty())));
    }
}
