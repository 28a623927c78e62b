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
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The host's own MCP session with its server: opened when it is first needed, again after it was lost, one opening at a
 * time. What the host had asked of a lost session is asked of the next one. Guarded by this object's monitor, in which
 * nothing blocks.
 */
final class Upstream {
    private static final int MOST_WATCHED = 1000;
    private static final Failure SLOW = new Failure(
            "hub.notReady",
            "The server did not become ready in time.",
            "Try again in a moment; drawbridge status tells what it is waiting for.");

    private final HostSession session;
    private final ConnectionListener listener;
    private final Set<String> watched = new LinkedHashSet<>();
    private Optional<RawJson> logLevel = Optional.empty();
    private Optional<CompletableFuture<Outcome<HostConnection>>> current = Optional.empty();
    private boolean closed;

    Upstream(HostSession session, ConnectionListener listener) {
        this.session = session;
        this.listener = listener;
    }

    /** The session with the server, waited for; the failure says why there is none. */
    Outcome<HostConnection> await(HostProfile host, Duration limit) {
        try {
            return opening(host).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Outcome.failed(SLOW);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(SLOW);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins to open it, unless that has happened. */
    synchronized CompletableFuture<Outcome<HostConnection>> opening(HostProfile host) {
        if (closed) {
            return CompletableFuture.completedFuture(Outcome.failed(SLOW));
        }
        if (current.isPresent()
                && (!current.get().isDone() || current.get().resultNow() instanceof Outcome.Success<HostConnection>)) {
            return current.get();
        }
        CompletableFuture<Outcome<HostConnection>> opening = new CompletableFuture<>();
        current = Optional.of(opening);
        Thread.ofVirtual().name("host-session").start(() -> {
            Outcome<HostConnection> outcome;
            try {
                outcome = session.open(host.client(), listener);
                if (outcome instanceof Outcome.Success<HostConnection>(HostConnection opened)) {
                    remind(opened);
                }
            } catch (RuntimeException e) {
                System.getLogger(Upstream.class.getName())
                        .log(System.Logger.Level.ERROR, "Opening a host's session failed", e);
                outcome = Outcome.failed(SLOW);
            }
            opened(opening, outcome);
        });
        return opening;
    }

    private void opened(CompletableFuture<Outcome<HostConnection>> opening, Outcome<HostConnection> outcome) {
        boolean late;
        synchronized (this) {
            late = closed;
            opening.complete(outcome);
        }
        if (late && outcome instanceof Outcome.Success<HostConnection>(HostConnection unwanted)) {
            unwanted.close();
        }
    }

    private void remind(HostConnection opened) {
        Optional<RawJson> level;
        Set<String> uris;
        synchronized (this) {
            level = logLevel;
            uris = Set.copyOf(watched);
        }
        level.ifPresent(params -> opened.call("logging/setLevel", params, CallOptions.plain()));
        uris.forEach(uri -> opened.call(
                "resources/subscribe", RawJson.of("{\"uri\":" + JsonText.quote(uri) + "}"), CallOptions.plain()));
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
    synchronized void lost() {
        current = current.filter(opening -> !opening.isDone());
    }

    /** The open session, if there is one now. */
    synchronized Optional<HostConnection> now() {
        return current.filter(CompletableFuture::isDone)
                .map(CompletableFuture::resultNow)
                .flatMap(outcome -> outcome instanceof Outcome.Success<HostConnection>(HostConnection opened)
                        ? Optional.of(opened)
                        : Optional.empty());
    }

    void close() {
        Optional<HostConnection> open;
        synchronized (this) {
            open = now();
            closed = true;
            current = Optional.empty();
        }
        open.ifPresent(HostConnection::close);
    }
}
