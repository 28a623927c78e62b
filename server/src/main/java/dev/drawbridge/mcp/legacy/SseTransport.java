package dev.drawbridge.mcp.legacy;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.http.Bodies;
import dev.drawbridge.mcp.http.Exchange;
import dev.drawbridge.mcp.http.HttpAnswer;
import dev.drawbridge.mcp.http.HttpAsk;
import dev.drawbridge.mcp.http.HttpLink;
import dev.drawbridge.mcp.http.ResponseReader;
import dev.drawbridge.mcp.http.SseEvent;
import dev.drawbridge.mcp.http.SseReader;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.Inbox;
import dev.drawbridge.mcp.rpc.PendingCall;
import dev.drawbridge.mcp.rpc.Reply;
import dev.drawbridge.mcp.rpc.RpcText;
import dev.drawbridge.mcp.rpc.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * HTTP+SSE of 2024-11-05 (requirement 77): everything the server says comes over one GET stream, whose first event names
 * the address to POST to. The stream is the session; when it ends, the connection has ended.
 */
public final class SseTransport implements Transport {
    private final HttpLink link;
    private final Duration openingLimit;
    private final Exchange stream = new Exchange();
    private final CompletableFuture<Opening> opening = new CompletableFuture<>();
    private volatile Optional<Rejection> rejection = Optional.empty();
    private volatile boolean closed;

    private sealed interface Opening {
        record Endpoint(URI uri) implements Opening {}

        record Failed(McpFailure why) implements Opening {}
    }

    public SseTransport(HttpLink link, Duration openingLimit) {
        this.link = link;
        this.openingLimit = openingLimit;
    }

    /** Waits for the {@code endpoint} event. */
    @Override
    public Optional<McpFailure> open(Inbox inbox, Consumer<McpFailure> lost) {
        Thread.startVirtualThread(() -> run(inbox, lost));
        Opening end;
        try {
            end = opening.get(openingLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            end = new Opening.Failed(Failures.timeout("the opening of the event stream", openingLimit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end = new Opening.Failed(Failures.closed());
        } catch (ExecutionException e) {
            throw new IllegalStateException("an opening ends with a value", e);
        }
        if (end instanceof Opening.Failed(McpFailure why)) {
            close();
            return Optional.of(why);
        }
        return Optional.empty();
    }

    /** What the server refused the stream for, when it wants a sign-in. */
    public Optional<Rejection> rejection() {
        return rejection;
    }

    private void run(Inbox inbox, Consumer<McpFailure> lost) {
        HttpAsk ask = new HttpAsk(
                "GET",
                link.base(),
                Map.of("Accept", "text/event-stream"),
                Optional.empty(),
                "the event stream",
                openingLimit);
        McpFailure why = switch (link.send(ask, stream)) {
            case HttpAnswer.Unauthorized(Rejection refused) -> {
                rejection = Optional.of(refused);
                yield Failures.httpStatus(refused.uri(), refused.status(), "");
            }
            case HttpAnswer.Failed(McpFailure failure) -> failure;
            case HttpAnswer.Aborted() -> Failures.closed();
            case HttpAnswer.Response response -> read(response, inbox);
        };
        if (!opening.complete(new Opening.Failed(why)) && !closed) {
            lost.accept(why);
        }
    }

    /** Reads until the stream ends; why it did. */
    private McpFailure read(HttpAnswer.Response response, Inbox inbox) {
        if (response.status() != 200 || !response.isEventStream()) {
            Bodies.discard(response);
            return response.status() == 200
                    ? Failures.notMcp(
                            response.uri(), "the answer is " + response.contentType() + " and no event stream")
                    : Failures.httpStatus(response.uri(), response.status(), "");
        }
        try {
            SseReader reader =
                    new SseReader(response.body(), Bodies.fitting(link.options().maxAnswerBytes()));
            Optional<SseEvent> event = reader.next();
            while (event.isPresent()) {
                if (event.get().type().equals("endpoint")) {
                    Opening endpoint = endpoint(event.get(), response.uri());
                    opening.complete(endpoint);
                    if (endpoint instanceof Opening.Failed(McpFailure why)) {
                        return why;
                    }
                } else if (event.get().isMessage()) {
                    inbox.accept(event.get().data());
                }
                event = reader.next();
            }
        } catch (Bodies.TooLarge e) {
            Exchange.closeQuietly(response.body());
            return Failures.tooLarge("a request", link.options().maxAnswerBytes());
        } catch (IOException e) {
            return Failures.unreachable(link.base(), "the event stream broke off");
        }
        return Failures.unreachable(link.base(), "the server ended the event stream");
    }

    /** Another origin would receive the messages and the token with them, so it is refused. */
    private static Opening endpoint(SseEvent event, URI streamUri) {
        String address = new String(event.data(), StandardCharsets.UTF_8).strip();
        try {
            URI uri = streamUri.resolve(address);
            return HttpLink.sameOrigin(streamUri, uri)
                    ? new Opening.Endpoint(uri)
                    : new Opening.Failed(Failures.protocol("it names an endpoint at another origin, " + uri.getHost()));
        } catch (IllegalArgumentException e) {
            return new Opening.Failed(Failures.protocol("its endpoint event holds no address"));
        }
    }

    @Override
    public boolean cancelsByAbandoning() {
        return false;
    }

    @Override
    public void start(PendingCall call, RawJson params) {
        byte[] message = RpcText.request(call.id(), call.method(), params);
        Thread.startVirtualThread(() -> {
            switch (link.send(post(message, call.operation(), openingLimit), new Exchange())) {
                case HttpAnswer.Unauthorized(Rejection refused) -> call.end(new CallOutcome.Unauthorized(refused));
                case HttpAnswer.Failed(McpFailure failure) -> call.end(new CallOutcome.Failed(failure));
                case HttpAnswer.Aborted() -> call.end(new CallOutcome.Failed(Failures.closed()));
                case HttpAnswer.Response response -> {
                    if (response.status() >= 300) {
                        call.end(new Reply(ResponseReader.error(response), response.status()));
                    } else {
                        Bodies.discard(response);
                    }
                }
            }
        });
    }

    @Override
    public void abandon(PendingCall call) {
        // The answer comes over the shared stream and is ignored there.
    }

    @Override
    public Optional<McpFailure> send(byte[] message, String operation, Duration timeout) {
        return switch (link.send(post(message, operation, timeout), new Exchange())) {
            case HttpAnswer.Unauthorized(Rejection refused) ->
                Optional.of(Failures.httpStatus(refused.uri(), refused.status(), ""));
            case HttpAnswer.Failed(McpFailure failure) -> Optional.of(failure);
            case HttpAnswer.Aborted() -> Optional.of(Failures.closed());
            case HttpAnswer.Response response -> {
                Bodies.discard(response);
                yield response.status() < 300
                        ? Optional.empty()
                        : Optional.of(Failures.httpStatus(response.uri(), response.status(), ""));
            }
        };
    }

    private HttpAsk post(byte[] message, String operation, Duration headersWithin) {
        URI uri = opening.getNow(new Opening.Endpoint(link.base())) instanceof Opening.Endpoint(URI named)
                ? named
                : link.base();
        return new HttpAsk(
                "POST",
                uri,
                Map.of("Content-Type", "application/json"),
                Optional.of(message),
                operation,
                headersWithin);
    }

    @Override
    public void close() {
        closed = true;
        stream.abort();
    }
}
