package dev.drawbridge.mcp;

import dev.drawbridge.mcp.http.HttpLink;
import dev.drawbridge.mcp.legacy.Handshake;
import dev.drawbridge.mcp.legacy.LegacyConnection;
import dev.drawbridge.mcp.legacy.LegacyHttpTransport;
import dev.drawbridge.mcp.legacy.SseTransport;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.Reply;
import dev.drawbridge.mcp.rpc.RpcChannel;
import dev.drawbridge.mcp.stateless.Discovery;
import dev.drawbridge.mcp.stateless.StatelessConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out by asking which era and which transport an HTTP server speaks (requirements 77 and 86 to 91): first
 * {@code server/discover}, then {@code initialize}, then the event stream of 2024-11-05. What is remembered goes first.
 */
final class HttpProbe {
    /** A server of the older era may keep silent about a method it does not know. */
    private static final Duration DISCOVERY = Duration.ofSeconds(10);

    private static final Set<Integer> MAY_BE_SSE = Set.of(400, 404, 405, 406, 415);

    /** How a server fails that does not know the older transport; one that is away is away for both. */
    private static final Set<String> NOT_SSE = Set.of("mcp.refused", "mcp.notMcp", "mcp.timeout");

    private final HttpLink link;
    private final Attempt attempt;
    private final boolean elseSse;

    /** @param elseSse whether HTTP+SSE is tried when Streamable HTTP is refused */
    HttpProbe(HttpLink link, Attempt attempt, boolean elseSse) {
        this.link = link;
        this.attempt = attempt;
        this.elseSse = elseSse;
    }

    /** One step's end: the attempt's outcome, or a reason to take the next step. */
    private sealed interface Step {
        record Done(ConnectOutcome outcome) implements Step {}

        record NotThisEra(ConnectOutcome ifNothingElseWorks) implements Step {}
    }

    ConnectOutcome connect() {
        if (attempt.knownStateless().isPresent()) {
            StatelessConnection.Candidate candidate =
                    StatelessConnection.Candidate.overHttp(link, attempt.profile(), attempt.listener());
            return Attempt.handedOver(
                    candidate.channel(),
                    candidate.joined(attempt.knownStateless().get()));
        }
        if (attempt.remembersInitialize()) {
            return switch (initialize()) {
                case Step.Done(ConnectOutcome outcome) -> outcome;
                case Step.NotThisEra first ->
                    switch (discover()) {
                        case Step.Done(ConnectOutcome outcome) -> outcome;
                        case Step.NotThisEra second -> first.ifNothingElseWorks();
                    };
            };
        }
        return switch (discover()) {
            case Step.Done(ConnectOutcome outcome) -> outcome;
            case Step.NotThisEra first ->
                switch (initialize()) {
                    case Step.Done(ConnectOutcome outcome) -> outcome;
                    case Step.NotThisEra(ConnectOutcome outcome) -> outcome;
                };
        };
    }

    private Step discover() {
        StatelessConnection.Candidate candidate =
                StatelessConnection.Candidate.overHttp(link, attempt.profile(), attempt.listener());
        Duration limit = atMostHalf();
        Discovery found = Discovery.read(candidate.discover(limit));
        if (found instanceof Discovery.AskAgain) {
            found = Discovery.read(candidate.discover(limit));
        }
        Step step = switch (found) {
            case Discovery.Modern(Negotiated negotiated) ->
                new Step.Done(Attempt.handedOver(candidate.channel(), candidate.established(negotiated)));
            case Discovery.AskAgain again ->
                new Step.Done(new ConnectOutcome.Failed(Failures.noCommonVersion(again.version())));
            case Discovery.Legacy() ->
                new Step.NotThisEra(new ConnectOutcome.Failed(
                        Failures.notMcp(link.base(), "it knows neither server/discover nor initialize")));
            case Discovery.Unauthorized(Rejection rejection) ->
                new Step.Done(new ConnectOutcome.Unauthorized(rejection));
            case Discovery.Failed(McpFailure failure) -> new Step.Done(new ConnectOutcome.Failed(failure));
        };
        if (!(step instanceof Step.Done(ConnectOutcome.Connected connected))) {
            candidate.channel().close();
        }
        return step;
    }

    private Step initialize() {
        LegacyHttpTransport transport = new LegacyHttpTransport(link, attempt.ends());
        RpcChannel channel = new RpcChannel(transport, attempt.listener());
        channel.open();
        return switch (Handshake.ask(
                channel, attempt.profile(), attempt.deadline().left())) {
            case Handshake.End.Agreed(Negotiated negotiated) ->
                new Step.Done(Attempt.handedOver(
                        channel,
                        LegacyConnection.established(channel, attempt.profile(), Optional.of(transport), negotiated)
                                .pinging(link.options().pingInterval())));
            case Handshake.End.Refused(Reply reply) -> {
                channel.close();
                yield refused(reply);
            }
        };
    }

    private Step refused(Reply reply) {
        return switch (reply.outcome()) {
            case CallOutcome.Unauthorized(Rejection rejection) ->
                new Step.Done(new ConnectOutcome.Unauthorized(rejection));
            case CallOutcome.ServerError(long code, String message, var data) -> {
                ConnectOutcome failed = new ConnectOutcome.Failed(Failures.refusedInitialize(code, message));
                boolean modern =
                        code <= Discovery.HEADER_MISMATCH && code >= Discovery.UNSUPPORTED_VERSION || code == -32601;
                yield !modern && mayBeSse(reply) ? sse(failed) : new Step.NotThisEra(failed);
            }
            case CallOutcome.Failed(McpFailure failure) -> {
                ConnectOutcome failed = new ConnectOutcome.Failed(failure);
                if (mayBeSse(reply)) {
                    yield sse(failed);
                }
                yield reply.status() > 0 ? new Step.NotThisEra(failed) : new Step.Done(failed);
            }
            case CallOutcome.Result result -> throw new IllegalStateException("a result is no refusal");
            case CallOutcome.Cancelled() -> new Step.Done(new ConnectOutcome.Failed(Failures.closed()));
        };
    }

    private boolean mayBeSse(Reply reply) {
        return elseSse && MAY_BE_SSE.contains(reply.status());
    }

    /** The last thing tried: if it fails too, what the server said to the newer transport tells more. */
    private Step sse(ConnectOutcome before) {
        ConnectOutcome outcome = connectSse();
        return switch (outcome) {
            case ConnectOutcome.Connected connected -> new Step.Done(outcome);
            case ConnectOutcome.Unauthorized unauthorized -> new Step.Done(outcome);
            case ConnectOutcome.Failed failed -> new Step.NotThisEra(before);
        };
    }

    /**
     * The other way round. A server that has no stream of this kind refuses the GET, answers it with something else, or
     * opens the stream of a later revision, on which no endpoint is ever named.
     */
    ConnectOutcome connectSseFirst() {
        if (attempt.knownStateless().isPresent()) {
            return connect();
        }
        ConnectOutcome outcome = connectSse(atMostHalf());
        boolean refused =
                outcome instanceof ConnectOutcome.Failed(McpFailure failure) && NOT_SSE.contains(failure.code());
        return refused ? connect() : outcome;
    }

    /** Leaves time for what may be tried next. */
    private Duration atMostHalf() {
        Duration half = attempt.deadline().left().dividedBy(2);
        return half.compareTo(DISCOVERY) < 0 ? half : DISCOVERY;
    }

    /** HTTP+SSE of 2024-11-05. */
    ConnectOutcome connectSse() {
        return connectSse(attempt.deadline().left());
    }

    private ConnectOutcome connectSse(Duration openingLimit) {
        SseTransport transport = new SseTransport(link, openingLimit);
        RpcChannel channel = new RpcChannel(transport, attempt.listener());
        Optional<McpFailure> notOpened = channel.open();
        if (notOpened.isPresent()) {
            channel.close();
            return transport
                    .rejection()
                    .<ConnectOutcome>map(ConnectOutcome.Unauthorized::new)
                    .orElseGet(() -> new ConnectOutcome.Failed(notOpened.get()));
        }
        return switch (Handshake.ask(
                channel, attempt.profile(), attempt.deadline().left())) {
            case Handshake.End.Agreed(Negotiated negotiated) ->
                Attempt.handedOver(
                        channel,
                        LegacyConnection.established(channel, attempt.profile(), Optional.empty(), negotiated)
                                .pinging(link.options().pingInterval()));
            case Handshake.End.Refused(Reply reply) -> {
                channel.close();
                yield switch (reply.outcome()) {
                    case CallOutcome.Unauthorized(Rejection rejection) -> new ConnectOutcome.Unauthorized(rejection);
                    case CallOutcome.Failed(McpFailure failure) -> new ConnectOutcome.Failed(failure);
                    case CallOutcome.ServerError(long code, String message, var data) ->
                        new ConnectOutcome.Failed(Failures.refusedInitialize(code, message));
                    case CallOutcome.Result result -> throw new IllegalStateException("a result is no refusal");
                    case CallOutcome.Cancelled() -> new ConnectOutcome.Failed(Failures.closed());
                };
            }
        };
    }
}
