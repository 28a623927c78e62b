package dev.drawbridge.hub;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.ClientProfile;
import dev.drawbridge.mcp.ConnectOutcome;
import dev.drawbridge.mcp.Connection;
import dev.drawbridge.mcp.ConnectionListener;
import dev.drawbridge.mcp.Identity;
import dev.drawbridge.mcp.Known;
import dev.drawbridge.mcp.ListReader;
import dev.drawbridge.mcp.ListReader.Listing;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Requests of one session to one server. They run on the sessions' threads and block until their deadline at the latest;
 * what they find out about the server goes to its mailbox.
 */
final class ServerCalls {
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);

    /** Failures of one call that say the whole server is away. */
    private static final Set<String> LOST = Set.of("mcp.unreachable", "mcp.processExited");

    private static final String VERSION_CHANGED = "mcp.versionChanged";

    private final ServerInstance instance;
    private final InstantSource clock;
    private final ServerInstance.Observer caller;
    private final ServerLink link;
    private final ServerName name;

    ServerCalls(ServerInstance instance, InstantSource clock, ServerInstance.Observer caller) {
        this.instance = instance;
        this.clock = clock;
        this.caller = caller;
        this.link = instance.link();
        this.name = instance.key().name();
    }

    CallResult call(String method, RawJson params, CallOptions options) {
        Optional<Failure> forbidden = link.forbids(name, method, params);
        if (forbidden.isPresent()) {
            return new CallResult.NotAnswered(forbidden.get());
        }
        return switch (ready(options, READY_TIMEOUT)) {
            case Outcome.Failed<Connection>(Failure failure) -> new CallResult.NotAnswered(failure);
            case Outcome.Success<Connection>(Connection usable) -> call(usable, method, params, options);
        };
    }

    private CallResult call(Connection usable, String method, RawJson params, CallOptions options) {
        CallOutcome outcome = instance.asCaller(
                caller,
                options.cancellation(),
                () -> usable.call(
                        method,
                        params,
                        options.timeout().orElse(link.timeout()),
                        options.progress(),
                        options.cancellation()));
        return ended(outcome, usable, options);
    }

    private CallResult ended(CallOutcome outcome, Connection usable, CallOptions options) {
        return switch (outcome) {
            case CallOutcome.Result(RawJson result) -> new CallResult.Answered(result);
            case CallOutcome.ServerError(long code, String message, Optional<RawJson> data) ->
                new CallResult.ServerError(code, message, data);
            case CallOutcome.Unauthorized(Rejection rejection) -> unauthorized(rejection, options);
            case CallOutcome.Failed(McpFailure failure) -> failed(failure, usable);
            case CallOutcome.Cancelled() -> new CallResult.Cancelled();
        };
    }

    /** A request over a connection of the caller's own. */
    CallResult callOver(Connection own, String method, RawJson params, CallOptions options) {
        Optional<Failure> forbidden = link.forbids(name, method, params);
        if (forbidden.isPresent()) {
            return new CallResult.NotAnswered(forbidden.get());
        }
        CallOutcome outcome = own.call(
                method, params, options.timeout().orElse(link.timeout()), options.progress(), options.cancellation());
        return ended(outcome, own, options);
    }

    /**
     * Opens a connection of the caller's own once the shared one works: that one has found out the revision the server
     * speaks and whether it needs a sign-in.
     */
    Outcome<HostConnection> openOwn(ClientProfile profile, ConnectionListener listener) {
        return switch (ready(CallOptions.plain(), READY_TIMEOUT)) {
            case Outcome.Failed<Connection>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Success<Connection>(Connection shared) ->
                openOwn(
                        profile,
                        listener,
                        new Known(shared.negotiated(), instance.catalog().fresh(CatalogKind.TOOLS, shared)));
        };
    }

    private Outcome<HostConnection> openOwn(ClientProfile profile, ConnectionListener listener, Known known) {
        return switch (link.join(profile, listener, known, READY_TIMEOUT)) {
            case ConnectOutcome.Connected(Connection opened) -> Outcome.success(new OwnConnection(this, opened));
            case ConnectOutcome.Failed(McpFailure failure) -> Outcome.failed(Remedies.of(failure));
            case ConnectOutcome.Unauthorized(Rejection rejection) ->
                switch (unauthorized(rejection, CallOptions.plain())) {
                    case CallResult.NotAnswered(Failure failure) -> Outcome.failed(failure);
                    case CallResult.Answered _, CallResult.ServerError _, CallResult.Cancelled _ ->
                        Outcome.failed(Remedies.signInNeeded(name));
                };
        };
    }

    private CallResult unauthorized(Rejection rejection, CallOptions options) {
        return switch (link.refusal(name, rejection, options.requestedBy())) {
            case ServerLink.Refusal.PersonNeeded(AuthReason reason) -> {
                instance.post(new ServerEvent.Unauthorized(reason));
                yield new CallResult.NotAnswered(Remedies.signInNeeded(name));
            }
            case ServerLink.Refusal.Unhelpable(Failure failure, boolean _) -> new CallResult.NotAnswered(failure);
        };
    }

    private CallResult failed(McpFailure failure, Connection used) {
        Failure told = Remedies.of(failure);
        if (LOST.contains(failure.code())) {
            instance.lost(used, told, failure.passing());
        } else if (failure.code().equals(VERSION_CHANGED)) {
            instance.renegotiate(used);
        }
        return new CallResult.NotAnswered(closedHere(failure) ? whyNow().orElse(told) : told);
    }

    private static boolean closedHere(McpFailure failure) {
        return failure.code().equals("mcp.closed");
    }

    /** What the server's state says to a call whose connection the hub closed under it. */
    private Optional<Failure> whyNow() {
        return hopeless(instance.snapshot().state(), true);
    }

    /** A list as it was last read; read now when this daemon never did. */
    Outcome<RawJson> list(CatalogKind kind) {
        Optional<RawJson> known = instance.catalog().read(kind);
        if (known.isPresent()) {
            return Outcome.success(known.get());
        }
        return switch (ready(CallOptions.plain(), READY_TIMEOUT)) {
            case Outcome.Failed<Connection>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Success<Connection>(Connection usable) -> readNow(usable, kind, link.timeout());
        };
    }

    /** A list as the server would answer it now; read once for all who ask when it is not known to be that. */
    Outcome<RawJson> freshList(CatalogKind kind, Duration limit) {
        Instant deadline = clock.instant().plus(limit);
        return switch (ready(CallOptions.plain(), limit, link::worthWaiting)) {
            case Outcome.Failed<Connection>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Success<Connection>(Connection usable) -> {
                if (!Identity.of(usable.negotiated()).capabilities().contains(Catalog.capability(kind))) {
                    yield Outcome.success(RawJson.of("[]"));
                }
                Optional<RawJson> known = fresh(usable, kind, left(deadline));
                if (known.isPresent()) {
                    yield Outcome.success(known.get());
                }
                Duration left = left(deadline);
                yield instance.catalog().isBeingRead() || left.isNegative()
                        ? Outcome.failed(Remedies.notReady(name))
                        : readNow(usable, kind, left);
            }
        };
    }

    private Duration left(Instant deadline) {
        return Duration.between(clock.instant(), deadline);
    }

    private Optional<RawJson> fresh(Connection usable, CatalogKind kind, Duration limit) {
        Optional<RawJson> known = instance.catalog().fresh(kind, usable);
        if (known.isPresent()) {
            return known;
        }
        try {
            // A server that has just been connected to is being read.
            instance.catalog().awaitReading(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return instance.catalog().fresh(kind, usable);
    }

    private Outcome<RawJson> readNow(Connection usable, CatalogKind kind, Duration limit) {
        return switch (ListReader.read(usable, kind.method(), kind.member(), limit)) {
            case Listing.Complete(List<ListReader.Item> items) -> Outcome.success(instance.keep(kind, items, usable));
            case Listing.Malformed(String what) -> Outcome.failed(Remedies.unreadableList(name, what));
            case Listing.Refused(CallOutcome outcome) ->
                switch (ended(outcome, usable, CallOptions.plain())) {
                    case CallResult.NotAnswered(Failure failure) -> Outcome.failed(failure);
                    case CallResult.ServerError(long code, String message, var _) ->
                        Outcome.failed(Remedies.unreadableList(name, message + " (" + code + ")"));
                    case CallResult.Answered _ -> Outcome.failed(Remedies.notReady(name));
                    case CallResult.Cancelled _ -> Outcome.failed(Remedies.notReady(name));
                };
        };
    }

    /** The connection, waited for while one is on its way; a stopped server is started. */
    private Outcome<Connection> ready(CallOptions options, Duration limit) {
        return ready(options, limit, () -> limit);
    }

    /** @param worth for how long it is worth waiting if nothing happens, asked again and again */
    private Outcome<Connection> ready(CallOptions options, Duration limit, Supplier<Duration> worth) {
        Instant deadline = clock.instant().plus(limit);
        boolean nudged = false;
        while (true) {
            ServerInstance.Snapshot now = instance.snapshot();
            if (now.connection().isPresent()) {
                return Outcome.success(now.connection().get());
            }
            Optional<Failure> hopeless = hopeless(now.state(), nudged);
            if (hopeless.isPresent()) {
                return Outcome.failed(hopeless.get());
            }
            if (!nudged && !(now.state() instanceof ServerState.Connecting)) {
                nudged = true;
                instance.post(new ServerEvent.Start());
            }
            long left = Math.min(left(deadline).toMillis(), worth.get().toMillis());
            if (left <= 0 || options.cancellation().isCancelled()) {
                return Outcome.failed(Remedies.notReady(name));
            }
            instance.awaitChange(now, left);
        }
    }

    /** Why waiting cannot help; a server that is stopped, failed or between attempts gets one fresh try first. */
    private Optional<Failure> hopeless(ServerState state, boolean nudged) {
        return switch (state) {
            case ServerState.Disabled() -> Optional.of(Remedies.disabled(name));
            case ServerState.Untrusted _ -> Optional.of(Remedies.untrusted(name));
            case ServerState.AuthRequired _ -> Optional.of(Remedies.signInNeeded(name));
            case ServerState.Authenticating(SignInFlow flow) -> Optional.of(Remedies.signInRunning(name, flow));
            case ServerState.Failed(Failure failure) -> nudged ? Optional.of(failure) : Optional.empty();
            case ServerState.Retrying retrying -> nudged ? Optional.of(retrying.failure()) : Optional.empty();
            case ServerState.Stopped() -> Optional.empty();
            case ServerState.Connecting _ -> Optional.empty();
            case ServerState.Connected _ -> Optional.empty();
        };
    }
}
