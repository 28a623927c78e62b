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
import dev.drawbridge.mcp.http.ResponseReader.Resumption;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.Inbox;
import dev.drawbridge.mcp.rpc.OwedEnds;
import dev.drawbridge.mcp.rpc.PendingCall;
import dev.drawbridge.mcp.rpc.PendingCalls;
import dev.drawbridge.mcp.rpc.RpcText;
import dev.drawbridge.mcp.rpc.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Streamable HTTP of 2025-03-26 to 2025-11-25: one POST a message, a session id, and streams that can be resumed
 * (requirements 69 to 75). Each call has a virtual thread of its own.
 */
public final class LegacyHttpTransport implements Transport {
    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);
    private static final Duration STREAM_LIMIT = Duration.ofMillis(500);
    /** How long the answer to {@code initialize} is waited for, whoever has given up meanwhile: it may name a session. */
    private static final Duration GREETING_LIMIT = Duration.ofSeconds(60);

    private static final int MOST_EMPTY_RESUMPTIONS = 5;

    private final HttpLink link;
    private final Map<PendingCall, Exchange> exchanges = new ConcurrentHashMap<>();
    private final KeptSession session;
    private volatile Optional<ServerStream> serverStream = Optional.empty();
    private volatile Optional<Open> open = Optional.empty();

    private record Open(Inbox inbox, ResponseReader reader, Consumer<McpFailure> lost) {}

    public LegacyHttpTransport(HttpLink link, OwedEnds ends) {
        this.link = link;
        this.session = new KeptSession(link, ends, this::close);
    }

    @Override
    public Optional<McpFailure> open(Inbox inbox, Consumer<McpFailure> lost) {
        open = Optional.of(
                new Open(inbox, new ResponseReader(inbox, link.options().maxAnswerBytes()), lost));
        return Optional.empty();
    }

    @Override
    public boolean cancelsByAbandoning() {
        return false;
    }

    Optional<String> sessionId() {
        return session.id();
    }

    /** Before a new handshake: the old session's streams end with it. */
    void forgetSession() {
        serverStream.ifPresent(ServerStream::stop);
        serverStream = Optional.empty();
        session.forget();
    }

    /** After a handshake that led to nothing. */
    void giveBackSession() {
        session.giveBack();
    }

    /** After the handshake: every further request names the version (requirement 72). */
    void agreeOn(String protocolVersion) {
        session.agreeOn(protocolVersion);
    }

    /** Opens the stream for what the server says unasked (requirement 70). */
    void listen(Consumer<Rejection> unauthorized, Runnable sessionLost) {
        ServerStream stream = new ServerStream(
                link,
                session::headers,
                open.orElseThrow().inbox(),
                new ServerStream.Events(open.orElseThrow().lost(), unauthorized, sessionLost));
        serverStream = Optional.of(stream);
        if (session.isClosed()) {
            return;
        }
        stream.start();
        // A server may ask its first question there while the first call is running, and not ask again.
        stream.awaitFirst(STREAM_LIMIT);
    }

    /** A call got through: a stream that had lost its authorization may have it again. */
    void authorizationWorks() {
        serverStream.ifPresent(ServerStream::resumeAfterAuthorization);
    }

    @Override
    public void start(PendingCall call, RawJson params) {
        byte[] message = RpcText.request(call.id(), call.method(), params);
        Exchange exchange = new Exchange();
        if (call.method().equals("initialize")) {
            if (session.greet()) {
                Thread.startVirtualThread(() -> greet(call, message, exchange));
            } else {
                call.end(new CallOutcome.Failed(Failures.closed()));
            }
            return;
        }
        exchanges.put(call, exchange);
        if (session.isClosed()) {
            exchange.abort();
        }
        Thread.startVirtualThread(() ->
                run(call, exchange, link.send(post(message, call.operation(), PendingCalls.LONGEST), exchange)));
    }

    /** Until the server has answered nothing breaks this off: it would leave a session behind whose id nobody has learnt. */
    private void greet(PendingCall call, byte[] message, Exchange exchange) {
        Optional<KeptSession.Session> opened = Optional.empty();
        boolean wanted = true;
        HttpAnswer answer = new HttpAnswer.Aborted();
        try {
            answer = link.send(post(message, call.operation(), GREETING_LIMIT), exchange);
            wanted = !call.hasEnded();
            if (answer instanceof HttpAnswer.Response response) {
                opened = Optional.of(
                        new KeptSession.Session(response.headers().firstValue("Mcp-Session-Id"), Optional.empty()));
                exchanges.put(call, exchange);
            }
        } finally {
            if (!session.greeted(opened, wanted)) {
                exchange.abort();
            }
        }
        run(call, exchange, answer);
    }

    private void run(PendingCall call, Exchange exchange, HttpAnswer answer) {
        try {
            read(call, exchange, answer);
        } finally {
            exchanges.remove(call);
        }
    }

    private void read(PendingCall call, Exchange exchange, HttpAnswer answer) {
        switch (answer) {
            case HttpAnswer.Unauthorized(Rejection rejection) -> call.end(new CallOutcome.Unauthorized(rejection));
            case HttpAnswer.Failed(McpFailure failure) -> call.end(new CallOutcome.Failed(failure));
            case HttpAnswer.Aborted() -> call.end(new CallOutcome.Cancelled());
            case HttpAnswer.Response response -> {
                Resumption resumption = new Resumption(DEFAULT_RETRY);
                switch (open.orElseThrow().reader().read(response, call, exchange, resumption)) {
                    case ENDED -> {
                        // The call has its end.
                    }
                    case ACCEPTED -> acceptedWithoutAnswer(call);
                    case STREAM_ENDED -> resume(call, exchange, resumption);
                }
            }
        }
    }

    /** Some servers answer on the other stream; where there is none, waiting is in vain. */
    private void acceptedWithoutAnswer(PendingCall call) {
        if (serverStream.filter(ServerStream::isOpen).isEmpty()) {
            call.end(new CallOutcome.Failed(
                    Failures.protocol("it accepted " + call.operation() + " without answering it")));
        }
    }

    /** Requirement 73: the answer is fetched by GET, from the last event that arrived, after the time the server asked for. */
    private void resume(PendingCall call, Exchange exchange, Resumption resumption) {
        int inVain = 0;
        while (!call.hasEnded() && !exchange.isAborted()) {
            inVain = resumption.takeSawEvents() ? 0 : inVain + 1;
            if (resumption.lastEventId().isEmpty() || inVain > MOST_EMPTY_RESUMPTIONS) {
                break;
            }
            if (call.awaitEnd(resumption.retry())) {
                return;
            }
            Map<String, String> headers = session.headers();
            headers.put("Accept", "text/event-stream");
            headers.put("Last-Event-ID", resumption.lastEventId().get());
            HttpAnswer answer = link.send(
                    new HttpAsk("GET", link.base(), headers, Optional.empty(), call.operation(), PendingCalls.LONGEST),
                    exchange);
            if (answer instanceof HttpAnswer.Unauthorized(Rejection rejection)) {
                call.end(new CallOutcome.Unauthorized(rejection));
            } else if (answer instanceof HttpAnswer.Response response) {
                if (!response.isEventStream() || response.status() != 200) {
                    Bodies.discard(response);
                    break;
                }
                open.orElseThrow().reader().read(response, call, exchange, resumption);
            }
        }
        call.end(new CallOutcome.Failed(Failures.streamBroken(call.operation())));
    }

    private HttpAsk post(byte[] message, String operation, Duration headersWithin) {
        Map<String, String> headers = session.headers();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        return new HttpAsk("POST", link.base(), headers, Optional.of(message), operation, headersWithin);
    }

    @Override
    public void abandon(PendingCall call) {
        Optional.ofNullable(exchanges.get(call)).ifPresent(Exchange::abort);
    }

    @Override
    public Optional<McpFailure> send(byte[] message, String operation, Duration timeout) {
        return switch (link.send(post(message, operation, timeout), new Exchange())) {
            case HttpAnswer.Unauthorized(Rejection rejection) ->
                Optional.of(Failures.httpStatus(rejection.uri(), rejection.status(), ""));
            case HttpAnswer.Failed(McpFailure failure) -> Optional.of(failure);
            case HttpAnswer.Aborted() -> Optional.of(Failures.closed());
            case HttpAnswer.Response response -> {
                boolean fine = response.status() >= 200 && response.status() < 300;
                Bodies.discard(response);
                yield fine ? Optional.empty() : Optional.of(Failures.httpStatus(response.uri(), response.status(), ""));
            }
        };
    }

    @Override
    public void close() {
        // First, so that what begins now sees it, and what began before is seen here.
        session.shut();
        serverStream.ifPresent(ServerStream::stop);
        exchanges.values().forEach(Exchange::abort);
        session.close();
    }
}
