package dev.drawbridge.mcp.legacy;

import dev.drawbridge.mcp.http.Bodies;
import dev.drawbridge.mcp.http.Exchange;
import dev.drawbridge.mcp.http.HttpAnswer;
import dev.drawbridge.mcp.http.HttpAsk;
import dev.drawbridge.mcp.http.HttpLink;
import dev.drawbridge.mcp.rpc.OwedEnds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The session that a server keeps for one connection, from the answer to {@code initialize} until it is given back
 * (requirement 71). A server may open one although nobody waits for it any more, because the connection was closed or the
 * time was up meanwhile; that one is given back too, for the server would keep it for ever. Guarded by its own monitor, in
 * which nothing blocks.
 */
final class KeptSession {
    private static final Duration FAREWELL_LIMIT = Duration.ofSeconds(5);
    private static final int FAREWELLS = 2;

    private final HttpLink link;
    private final OwedEnds ends;
    private final Runnable end;
    private Optional<Session> current = Optional.empty();
    private int underWay;
    private boolean closed;

    /** What one handshake brought: the id may be missing, for servers need not keep sessions. */
    record Session(Optional<String> id, Optional<String> protocolVersion) {
        Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            id.ifPresent(value -> headers.put("Mcp-Session-Id", value));
            protocolVersion.ifPresent(version -> headers.put("MCP-Protocol-Version", version));
            return headers;
        }

        @Override
        public String toString() {
            return "Session[" + protocolVersion + "]";
        }
    }

    /** @param end closes the connection */
    KeptSession(HttpLink link, OwedEnds ends, Runnable end) {
        this.link = link;
        this.ends = ends;
        this.end = end;
    }

    synchronized Optional<String> id() {
        return current.flatMap(Session::id);
    }

    /** What every request in the session carries (requirement 72); the caller may add to it. */
    synchronized Map<String, String> headers() {
        return current.map(Session::headers).orElseGet(LinkedHashMap::new);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** {@code initialize} is about to go out; whether it still may. What it leads to is told by {@link #greeted}. */
    synchronized boolean greet() {
        if (closed || !ends.owe(end)) {
            return false;
        }
        underWay++;
        return true;
    }

    /**
     * The server has answered {@code initialize}, or will not.
     *
     * @param opened the session it has opened, if it has
     * @param wanted whether anybody still waits for it
     * @return whether the connection has the session now
     */
    boolean greeted(Optional<Session> opened, boolean wanted) {
        boolean late;
        synchronized (this) {
            late = closed || !wanted;
            if (!late) {
                current = opened.or(() -> current);
            }
        }
        if (late) {
            opened.ifPresent(this::sayFarewell);
        }
        ended();
        return !late;
    }

    synchronized void agreeOn(String protocolVersion) {
        current = Optional.of(new Session(current.flatMap(Session::id), Optional.of(protocolVersion)));
    }

    /** The server no longer knows it. */
    synchronized void forget() {
        current = Optional.empty();
    }

    /** Nobody wants it any more; the connection may get another. */
    void giveBack() {
        Optional<Session> given;
        synchronized (this) {
            given = current;
            current = Optional.empty();
            underWay++;
        }
        given.ifPresent(this::sayFarewell);
        ended();
    }

    /** From here on nothing is opened and nothing is taken over. */
    synchronized void shut() {
        closed = true;
    }

    /** Gives it back for good. One that is being opened follows when the server has answered; nobody waits for that here. */
    void close() {
        shut();
        giveBack();
    }

    private void ended() {
        boolean over;
        synchronized (this) {
            underWay--;
            over = closed && underWay == 0;
        }
        if (over) {
            ends.paid(end);
        }
    }

    /**
     * A server that does not offer this answers 405, which is fine. The request may meet a pooled connection that the server
     * is just closing, and may be repeated because its method is idempotent (RFC 9110 section 9.2.2).
     */
    private void sayFarewell(Session session) {
        if (session.id().isEmpty()) {
            return;
        }
        HttpAsk delete = new HttpAsk(
                "DELETE", link.base(), session.headers(), Optional.empty(), "the end of the session", FAREWELL_LIMIT);
        for (int time = 1; time <= FAREWELLS; time++) {
            switch (link.send(delete, new Exchange())) {
                case HttpAnswer.Response response -> {
                    Bodies.discard(response);
                    return;
                }
                case HttpAnswer.Unauthorized _ -> {
                    return;
                }
                case HttpAnswer.Failed _, HttpAnswer.Aborted _ -> {
                    // Once more.
                }
            }
        }
    }
}
