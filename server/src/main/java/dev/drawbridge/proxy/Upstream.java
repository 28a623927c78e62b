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
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The host's own MCP session with its server: opened when it is first needed, again after it was lost. What the host had
 * asked of a lost session is asked of the next one. What a stateless host can do counts for one request alone, so requests
 * that say something else than the session get one beside it, where the server's era knows it only per session; what
 * happens outside of calls, the first tells. Guarded by this object's monitor, in which nothing blocks.
 */
final class Upstream {
    private static final int MOST_WATCHED = 1000;
    private static final int MOST_BESIDE = 4;
    private static final Duration PROMOTING = Duration.ofSeconds(60);
    private static final Failure SLOW = new Failure(
            "hub.notReady",
            "The server did not become ready in time.",
            "Try again in a moment; drawbridge status tells what it is waiting for.");

    private final HostSession session;
    private final Ears ears;
    private final BiConsumer<HostConnection, HostProfile> opened;
    private final Runnable lost;
    private final Set<String> watched = new LinkedHashSet<>();
    private final List<Opening> beside = new ArrayList<>();
    private Optional<RawJson> logLevel = Optional.empty();
    private Optional<Opening> current = Optional.empty();
    private boolean closed;

    /** Makes what hears a session. */
    @FunctionalInterface
    interface Ears {
        /**
         * @param lost to be told of the session's loss
         * @param first whether it is the one that tells what happens outside of calls
         */
        ConnectionListener of(Runnable lost, BooleanSupplier first);
    }

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
            return stateless || host.declaresTheSame(wanted);
        }
    }

    /**
     * @param opened hears of every new session, and for whom it is
     * @param lost hears that the first session is gone
     */
    Upstream(HostSession session, Ears ears, BiConsumer<HostConnection, HostProfile> opened, Runnable lost) {
        this.session = session;
        this.ears = ears;
        this.opened = opened;
        this.lost = lost;
    }

    /** The session for requests of such a host, waited for; the failure says why there is none. */
    Outcome<HostConnection> await(HostProfile host, Duration limit) {
        return await(opening(host), limit);
    }

    /** The session that tells what happens outside of calls, opened for such a host when there is none. */
    Outcome<HostConnection> awaitFirst(HostProfile host, Duration limit) {
        Optional<Opening> first;
        synchronized (this) {
            first = usable();
        }
        return await(first.orElseGet(() -> opening(host)), limit);
    }

    private static Outcome<HostConnection> await(Opening opening, Duration limit) {
        try {
            return opening.outcome().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Outcome.failed(SLOW);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(SLOW);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Opening> usable() {
        return current.filter(opening -> !opening.failed());
    }

    private synchronized Opening opening(HostProfile host) {
        if (closed) {
            return new Opening(host, CompletableFuture.completedFuture(Outcome.failed(SLOW)));
        }
        Optional<Opening> first = usable();
        if (first.filter(opening -> opening.serves(host)).isPresent()) {
            return first.get();
        }
        beside.removeIf(Opening::failed);
        Optional<Opening> other =
                beside.stream().filter(opening -> opening.serves(host)).findFirst();
        if (first.isPresent() && (other.isPresent() || beside.size() >= MOST_BESIDE)) {
            // A server that asks for more than a request declared is answered so.
            return other.or(() -> first).get();
        }
        Opening opening = other.orElseGet(() -> new Opening(host, new CompletableFuture<>()));
        if (first.isPresent()) {
            beside.add(opening);
        } else {
            beside.remove(opening);
            current = Optional.of(opening);
        }
        Thread.ofVirtual().name("host-session").start(() -> {
            if (other.isEmpty()) {
                open(opening);
            } else if (await(opening, PROMOTING)
                    instanceof Outcome.Success<HostConnection>(HostConnection connection)) {
                remind(connection);
            }
        });
        return opening;
    }

    private void open(Opening opening) {
        Outcome<HostConnection> outcome;
        try {
            outcome = session.open(opening.host().client(), ears.of(() -> lost(opening), () -> isFirst(opening)));
            if (outcome instanceof Outcome.Success<HostConnection>(HostConnection connection) && isFirst(opening)) {
                remind(connection);
            }
        } catch (RuntimeException e) {
            System.getLogger(Upstream.class.getName())
                    .log(System.Logger.Level.ERROR, "Opening a host's session failed", e);
            outcome = Outcome.failed(SLOW);
        }
        boolean late;
        synchronized (this) {
            // Closed, or lost again before it was there.
            late = !isFirst(opening) && !beside.contains(opening);
            opening.outcome().complete(outcome);
        }
        if (late) {
            closeBehind(opening);
        } else if (outcome instanceof Outcome.Success<HostConnection>(HostConnection connection)) {
            opened.accept(connection, opening.host());
        }
    }

    private synchronized boolean isFirst(Opening opening) {
        return current.equals(Optional.of(opening));
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

    /** A session is of no use any more; the next request opens another, unless that has happened already. */
    void lost(HostConnection gone) {
        Optional<Opening> opening;
        synchronized (this) {
            opening = Stream.concat(current.stream(), beside.stream())
                    .filter(one -> one.open().filter(gone::equals).isPresent())
                    .findFirst();
        }
        opening.ifPresent(this::lost);
    }

    private void lost(Opening gone) {
        boolean wasCurrent;
        synchronized (this) {
            wasCurrent = isFirst(gone);
            if (wasCurrent) {
                current = Optional.empty();
            } else {
                beside.remove(gone);
            }
        }
        // The server may only have been out of reach, and keep its session.
        closeBehind(gone);
        if (wasCurrent) {
            lost.run();
        }
    }

    /** Closing may say goodbye over the network; nobody waits for it. */
    private static void closeBehind(Opening opening) {
        opening.open()
                .ifPresent(connection ->
                        Thread.ofVirtual().name("close-host-session").start(connection::close));
    }

    /** The first session, if it is open now. */
    synchronized Optional<HostConnection> now() {
        return current.flatMap(Opening::open);
    }

    void close() {
        List<Opening> open = new ArrayList<>();
        synchronized (this) {
            current.ifPresent(open::add);
            open.addAll(beside);
            closed = true;
            current = Optional.empty();
            beside.clear();
        }
        open.forEach(Upstream::closeBehind);
    }
}
