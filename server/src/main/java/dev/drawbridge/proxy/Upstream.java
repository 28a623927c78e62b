package dev.drawbridge.proxy;

import dev.drawbridge.hub.CallOptions;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.HostConnection;
import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.mcp.ConnectionListener;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The host's own MCP session with its server: opened when it is first needed, again after it was lost, one opening at a
 * time. What the host had asked of a lost session is asked of the next one. A stateless host may be able to do more with a
 * later request than its session says; then a wider one follows. Guarded by this object's monitor, in which nothing blocks.
 */
final class Upstream {
    private static final int MOST_WATCHED = 1000;
    private static final int MOST_WIDENINGS = 4;
    private static final Failure SLOW = new Failure(
            "hub.notReady",
            "The server did not become ready in time.",
            "Try again in a moment; drawbridge status tells what it is waiting for.");

    private final HostSession session;
    private final Function<Runnable, ConnectionListener> listener;
    private final Consumer<HostConnection> opened;
    private final Runnable lost;
    private final Set<String> watched = new LinkedHashSet<>();
    private final List<Opening> widened = new ArrayList<>();
    private Optional<RawJson> logLevel = Optional.empty();
    private Optional<Opening> current = Optional.empty();
    private boolean closed;

    /** A session that is, or is about to be. */
    private record Opening(HostProfile host, CompletableFuture<Outcome<HostConnection>> outcome) {
        Optional<HostConnection> open() {
            return outcome.isDone() && outcome.resultNow() instanceof Outcome.Success<HostConnection>(var connection)
                    ? Optional.of(connection)
                    : Optional.empty();
        }

        boolean failed() {
            return outcome.isDone() && open().isEmpty();
        }

        /** Servers of the stateless era are told with each request. */
        boolean serves(HostProfile wanted) {
            boolean stateless = open().filter(
                            connection -> connection.negotiated().era() == dev.drawbridge.mcp.Era.STATELESS)
                    .isPresent();
            return stateless || host.covers(wanted);
        }
    }

    /**
     * @param listener makes what hears a session; what it is given hears the session's loss
     * @param opened hears of every new session
     * @param lost hears that the session is gone
     */
    Upstream(
            HostSession session,
            Function<Runnable, ConnectionListener> listener,
            Consumer<HostConnection> opened,
            Runnable lost) {
        this.session = session;
        this.listener = listener;
        this.opened = opened;
        this.lost = lost;
    }

    /** The session with the server, waited for; the failure says why there is none. */
    Outcome<HostConnection> await(HostProfile host, Duration limit) {
        try {
            return opening(host).outcome().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Outcome.failed(SLOW);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(SLOW);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized Opening opening(HostProfile host) {
        Optional<Opening> usable = current.filter(opening -> !opening.failed());
        if (closed) {
            return new Opening(host, CompletableFuture.completedFuture(Outcome.failed(SLOW)));
        }
        if (usable.isPresent() && (usable.get().serves(host) || widened.size() >= MOST_WIDENINGS)) {
            return usable.get();
        }
        // Calls may be running in the narrower one.
        usable.ifPresent(widened::add);
        HostProfile wide = usable.map(narrow -> narrow.host().widened(host)).orElse(host);
        Opening opening = new Opening(wide, new CompletableFuture<>());
        current = Optional.of(opening);
        Thread.ofVirtual().name("host-session").start(() -> open(opening));
        return opening;
    }

    private void open(Opening opening) {
        Outcome<HostConnection> outcome;
        try {
            outcome = session.open(opening.host().client(), listener.apply(() -> lost(opening)));
            if (outcome instanceof Outcome.Success<HostConnection>(HostConnection connection)) {
                remind(connection);
            }
        } catch (RuntimeException e) {
            System.getLogger(Upstream.class.getName())
                    .log(System.Logger.Level.ERROR, "Opening a host's session failed", e);
            outcome = Outcome.failed(SLOW);
        }
        boolean late;
        synchronized (this) {
            late = closed;
            opening.outcome().complete(outcome);
        }
        if (outcome instanceof Outcome.Success<HostConnection>(HostConnection connection)) {
            if (late) {
                connection.close();
            } else {
                opened.accept(connection);
            }
        }
    }

    private void remind(HostConnection connection) {
        Optional<RawJson> level;
        Set<String> uris;
        synchronized (this) {
            level = logLevel;
            uris = Set.copyOf(watched);
        }
        level.ifPresent(params -> connection.call("logging/setLevel", params, CallOptions.plain()));
        uris.forEach(uri -> connection.call("resources/subscribe", uriOnly(uri), CallOptions.plain()));
    }

    static RawJson uriOnly(String uri) {
        return RawJson.of("{\"uri\":" + JsonText.quote(uri) + "}");
    }

    /** Notes what the next session would have to be told. */
    synchronized void noteLogLevel(RawJson params) {
        logLevel = Optional.of(params);
    }

    synchronized void noteWatched(String uri, boolean on) {
        if (!on) {
            watched.remove(uri);
        } else if (watched.size() < MOST_WATCHED) {
            watched.add(uri);
        }
    }

    /** The session is gone; the next request opens another. */
    void lost() {
        Optional<Opening> gone;
        synchronized (this) {
            gone = current.filter(opening -> opening.outcome().isDone());
        }
        gone.ifPresent(this::lost);
    }

    private void lost(Opening gone) {
        synchronized (this) {
            if (!current.equals(Optional.of(gone))) {
                widened.remove(gone);
                return;
            }
            current = Optional.empty();
        }
        lost.run();
    }

    /** The open session, if there is one now. */
    synchronized Optional<HostConnection> now() {
        return current.flatMap(Opening::open);
    }

    void close() {
        List<Opening> open = new ArrayList<>();
        synchronized (this) {
            current.ifPresent(open::add);
            open.addAll(widened);
            closed = true;
            current = Optional.empty();
            widened.clear();
        }
        open.forEach(opening -> opening.open().ifPresent(HostConnection::close));
    }
}
