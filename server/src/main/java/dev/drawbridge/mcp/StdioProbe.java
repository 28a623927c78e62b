package dev.drawbridge.mcp;

import dev.drawbridge.mcp.legacy.Handshake;
import dev.drawbridge.mcp.legacy.LegacyConnection;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.Reply;
import dev.drawbridge.mcp.rpc.RpcChannel;
import dev.drawbridge.mcp.stateless.Discovery;
import dev.drawbridge.mcp.stateless.StatelessConnection;
import dev.drawbridge.mcp.stdio.StdioTransport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds out which era a local server speaks (requirement 88). {@code server/discover} goes first, and {@code initialize}
 * follows when no answer came within a second; a server that is only slow to start may still answer either. One that dies
 * or falls silent over the probe is started anew and only initialized.
 */
final class StdioProbe {
    private static final Duration DISCOVERY = Duration.ofSeconds(1);

    private final Endpoint.Stdio endpoint;
    private final Attempt attempt;

    StdioProbe(Endpoint.Stdio endpoint, Attempt attempt) {
        this.endpoint = endpoint;
        this.attempt = attempt;
    }

    private record Child(StdioTransport transport, RpcChannel channel) {}

    ConnectOutcome connect() {
        if (attempt.remembersInitialize()) {
            Child child = child();
            Optional<McpFailure> notStarted = child.channel().open();
            if (notStarted.isPresent()) {
                return new ConnectOutcome.Failed(notStarted.get());
            }
            ConnectOutcome outcome = initialize(child, attempt.deadline().left());
            boolean refused = outcome instanceof ConnectOutcome.Failed(McpFailure failure)
                    && (failure.code().equals("mcp.initializeRefused")
                            || failure.code().equals("mcp.noCommonVersion"));
            return refused ? probe() : outcome;
        }
        return probe();
    }

    private Child child() {
        StdioTransport transport = new StdioTransport(endpoint, attempt.listener(), attempt.ends());
        return new Child(transport, new RpcChannel(transport, attempt.listener()));
    }

    private ConnectOutcome probe() {
        Child child = child();
        Optional<McpFailure> notStarted = child.channel().open();
        if (notStarted.isPresent()) {
            return new ConnectOutcome.Failed(notStarted.get());
        }
        StatelessConnection.Candidate candidate =
                StatelessConnection.Candidate.overStdio(child.channel(), attempt.profile());
        Duration half = attempt.deadline().left().dividedBy(2);
        CompletableFuture<Discovery> discovery = new CompletableFuture<>();
        Thread.startVirtualThread(() -> discovery.complete(discover(candidate, half)));
        Optional<Discovery> quick = within(discovery, DISCOVERY);
        if (quick.isPresent() && !(quick.get() instanceof Discovery.Legacy)) {
            return concluded(child, candidate, quick.get());
        }
        if (quick.isPresent() && child.channel().isOpen()) {
            return initialize(child, attempt.deadline().left());
        }
        return quick.isPresent() ? restarted(child) : race(child, candidate, discovery, half);
    }

    private static Discovery discover(StatelessConnection.Candidate candidate, Duration limit) {
        Discovery found = Discovery.read(candidate.discover(limit));
        return found instanceof Discovery.AskAgain ? Discovery.read(candidate.discover(limit)) : found;
    }

    /** Both questions are open; the first useful answer decides. */
    private ConnectOutcome race(
            Child child,
            StatelessConnection.Candidate candidate,
            CompletableFuture<Discovery> discovery,
            Duration limit) {
        CompletableFuture<Handshake.End> handshake = new CompletableFuture<>();
        Thread.startVirtualThread(() -> handshake.complete(Handshake.ask(child.channel(), attempt.profile(), limit)));
        within(CompletableFuture.anyOf(handshake, discovery.thenCompose(StdioProbe::orNever)), limit);
        if (handshake.isDone() && handshake.join() instanceof Handshake.End.Agreed(Negotiated negotiated)) {
            return established(child, negotiated);
        }
        if (discovery.isDone() && discovery.join() instanceof Discovery.Modern modern) {
            return concluded(child, candidate, modern);
        }
        // A refused handshake may only mean that the server is of the other era and its answer is about to come.
        Optional<Discovery> late = within(discovery, DISCOVERY);
        if (late.isPresent() && late.get() instanceof Discovery.Modern modern) {
            return concluded(child, candidate, modern);
        }
        return restarted(child);
    }

    private static CompletableFuture<Discovery> orNever(Discovery found) {
        return found instanceof Discovery.Modern ? CompletableFuture.completedFuture(found) : new CompletableFuture<>();
    }

    /** Some servers end, or go mute, over a request before {@code initialize}. */
    private ConnectOutcome restarted(Child old) {
        old.channel().close();
        Child child = child();
        Optional<McpFailure> notStarted = child.channel().open();
        return notStarted.isPresent()
                ? new ConnectOutcome.Failed(notStarted.get())
                : initialize(child, attempt.deadline().left());
    }

    private ConnectOutcome concluded(Child child, StatelessConnection.Candidate candidate, Discovery found) {
        return switch (found) {
            case Discovery.Modern(Negotiated negotiated) ->
                Attempt.handedOver(child.channel(), candidate.established(negotiated));
            case Discovery.Failed(McpFailure failure) -> {
                boolean died = !child.channel().isOpen();
                if (died) {
                    yield restarted(child);
                }
                child.channel().close();
                yield new ConnectOutcome.Failed(failure);
            }
            case Discovery.AskAgain(String version) -> {
                child.channel().close();
                yield new ConnectOutcome.Failed(Failures.noCommonVersion(version));
            }
            case Discovery.Unauthorized(Rejection rejection) -> {
                child.channel().close();
                yield new ConnectOutcome.Unauthorized(rejection);
            }
            case Discovery.Legacy() -> initialize(child, attempt.deadline().left());
        };
    }

    private ConnectOutcome initialize(Child child, Duration limit) {
        return switch (Handshake.ask(child.channel(), attempt.profile(), limit)) {
            case Handshake.End.Agreed(Negotiated negotiated) -> established(child, negotiated);
            case Handshake.End.Refused(Reply reply) -> {
                child.channel().close();
                yield switch (reply.outcome()) {
                    case CallOutcome.Failed(McpFailure failure) -> new ConnectOutcome.Failed(failure);
                    case CallOutcome.ServerError(long code, String message, var data) ->
                        new ConnectOutcome.Failed(Failures.refusedInitialize(code, message));
                    case CallOutcome.Unauthorized(Rejection rejection) -> new ConnectOutcome.Unauthorized(rejection);
                    case CallOutcome.Cancelled() -> new ConnectOutcome.Failed(Failures.closed());
                    case CallOutcome.Result result -> throw new IllegalStateException("a result is no refusal");
                };
            }
        };
    }

    private ConnectOutcome established(Child child, Negotiated negotiated) {
        return Attempt.handedOver(
                child.channel(),
                LegacyConnection.established(child.channel(), attempt.profile(), Optional.empty(), negotiated));
    }

    private static <T> Optional<T> within(CompletableFuture<T> future, Duration limit) {
        try {
            return Optional.of(future.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a probe ends with a value", e);
        }
    }
}
