package dev.drawbridge.mcp.http;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.rpc.Deadlines;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.Inbox;
import dev.drawbridge.mcp.rpc.PendingCall;
import dev.drawbridge.mcp.rpc.Reply;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the response to one POSTed request, whichever of its two forms it has (requirements 58 and 69). */
public final class ResponseReader {
    private static final long ERROR_BODY = 64 << 10;
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Inbox inbox;
    private final long bound;

    public ResponseReader(Inbox inbox, long bound) {
        this.inbox = inbox;
        this.bound = Bodies.fitting(bound);
    }

    /** How far reading got. */
    public enum End {
        /** The call has its answer, or cannot get one. */
        ENDED,
        /** The stream ended before the answer came. */
        STREAM_ENDED,
        /** The server only took note (202). */
        ACCEPTED
    }

    /** What the stream told for its continuation (requirement 73). */
    public static final class Resumption {
        private Optional<String> lastEventId = Optional.empty();
        private Duration retry;
        private boolean sawEvents;

        public Resumption(Duration retry) {
            this.retry = retry;
        }

        public Optional<String> lastEventId() {
            return lastEventId;
        }

        public Duration retry() {
            return retry;
        }

        /** Whether events came since the last time this was asked. */
        public boolean takeSawEvents() {
            boolean saw = sawEvents;
            sawEvents = false;
            return saw;
        }

        void note(SseEvent event) {
            sawEvents = true;
            if (event.id().isPresent()) {
                lastEventId = event.id();
            }
            event.retry().ifPresent(value -> retry = value);
        }
    }

    public End read(HttpAnswer.Response response, PendingCall call, Exchange exchange, Resumption resumption) {
        try {
            if (response.status() < 200 || response.status() >= 300) {
                call.end(new Reply(error(response), response.status()));
                return End.ENDED;
            }
            if (response.isEventStream()) {
                return stream(response, call, exchange, resumption);
            }
            byte[] body = Bodies.read(response.body(), bound);
            if (body.length == 0 || response.status() == 202) {
                return End.ACCEPTED;
            }
            single(response, body, call);
            return End.ENDED;
        } catch (Bodies.TooLarge e) {
            exchange.abort();
            call.end(new CallOutcome.Failed(Failures.tooLarge(call.operation(), bound)));
            return End.ENDED;
        } catch (OutOfMemoryError e) {
            // Several large answers at once: this one is given up, which frees what it held, and the others go on.
            exchange.abort();
            call.end(new CallOutcome.Failed(Failures.tooLarge(call.operation(), bound)));
            return End.ENDED;
        } catch (SilenceLimit.Stalled e) {
            if (response.isEventStream() && resumption.lastEventId().isPresent()) {
                return End.STREAM_ENDED;
            }
            call.end(new CallOutcome.Failed(Failures.stalled(call.operation(), String.valueOf(e.getMessage()))));
            return End.ENDED;
        } catch (IOException e) {
            return response.isEventStream() ? End.STREAM_ENDED : broken(call);
        }
    }

    private static End broken(PendingCall call) {
        call.end(new CallOutcome.Failed(Failures.streamBroken(call.operation())));
        return End.ENDED;
    }

    /** Events go to the inbox in their order. After the answer the stream is read to its end, to keep the connection. */
    private End stream(HttpAnswer.Response response, PendingCall call, Exchange exchange, Resumption resumption)
            throws IOException {
        SseReader reader = new SseReader(response.body(), bound);
        Linger linger = new Linger(exchange);
        try {
            while (true) {
                Optional<SseEvent> event = reader.next();
                if (event.isEmpty()) {
                    return call.hasEnded() ? End.ENDED : End.STREAM_ENDED;
                }
                resumption.note(event.get());
                if (event.get().isMessage()) {
                    inbox.accept(event.get().data(), call);
                }
                if (call.hasEnded()) {
                    linger.begin();
                }
            }
        } finally {
            Deadlines.SHARED.forget(linger);
        }
    }

    /** After the answer a server gets a little time to end its stream, which keeps the connection for the next call. */
    private static final class Linger implements Deadlines.Deadline {
        private final Exchange exchange;
        private boolean begun;
        private volatile long end;

        Linger(Exchange exchange) {
            this.exchange = exchange;
        }

        void begin() {
            if (!begun) {
                begun = true;
                end = System.nanoTime() + LINGER.toNanos();
                Deadlines.SHARED.watch(this);
            }
        }

        @Override
        public long left(long now) {
            return end - now;
        }

        @Override
        public void passed() {
            exchange.abort();
        }
    }

    /** A JSON body answers this very request, whatever its id says: some servers give none with an error. */
    private void single(HttpAnswer.Response response, byte[] body, PendingCall call) {
        List<RpcMessage> messages;
        try {
            messages = RpcMessage.parse(body);
        } catch (MalformedJson e) {
            call.end(new Reply(
                    new CallOutcome.Failed(Failures.notMcp(
                            response.uri(), "the answer is " + described(response) + " and no JSON-RPC message")),
                    response.status()));
            return;
        }
        for (RpcMessage message : messages) {
            if (message instanceof RpcMessage.Response answer && messages.size() == 1) {
                call.end(new Reply(answer.outcome(), response.status()));
            } else {
                inbox.accept(message, response.status(), call);
            }
        }
        call.end(new CallOutcome.Failed(Failures.protocol("its response to " + call.operation() + " holds no answer")));
    }

    private static String described(HttpAnswer.Response response) {
        return response.contentType().isEmpty() ? "of no type" : response.contentType();
    }

    /** A JSON-RPC error in an error's body is the server's own word; anything else is told by the status. */
    public static CallOutcome error(HttpAnswer.Response response) {
        byte[] body;
        try {
            body = Bodies.start(response.body(), (int) ERROR_BODY);
        } catch (IOException e) {
            body = new byte[0];
        }
        try {
            if (RpcMessage.parse(body).getFirst() instanceof RpcMessage.Response answer
                    && answer.outcome() instanceof CallOutcome.ServerError) {
                return answer.outcome();
            }
        } catch (MalformedJson e) {
            // Not every server explains itself in JSON-RPC.
        }
        String text = new String(body, StandardCharsets.UTF_8);
        String hint =
                response.contentType().equals("text/html") || text.isBlank() ? "" : ": " + Failures.shortened(text);
        String retry = response.headers()
                .firstValue("Retry-After")
                .map(value -> " (retry after " + Failures.shortened(value) + ")")
                .orElse("");
        return new CallOutcome.Failed(
                response.status() == 403
                        ? Failures.forbidden(response.uri(), hint)
                        : Failures.httpStatus(response.uri(), response.status(), hint + retry));
    }
}
