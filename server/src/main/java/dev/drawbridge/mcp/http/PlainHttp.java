package dev.drawbridge.mcp.http;

import dev.drawbridge.mcp.rpc.Deadlines;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * HTTP/1.1 (RFC 9112) without TLS and without a proxy, which is what servers on this machine speak: a blocking exchange over
 * a kept connection. The JDK's client passes each request through half a dozen threads and as many stages, which for a local
 * server costs more than everything else a call needs; to any other server that is nothing beside the network. Connections
 * are kept for each host and port; the most recently used one serves next. Safe for any thread.
 */
final class PlainHttp implements AutoCloseable {
    private static final int MOST_IDLE = 16;
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

    private final Map<String, Deque<Idle>> idle = new HashMap<>();
    private final Set<PlainConnection> open = new HashSet<>();
    private boolean closed;

    /** @param connectTimeout the longest a connection may take to come about */
    Carrier within(Duration connectTimeout) {
        return (request, body, exchange) -> carry(request, body, exchange, connectTimeout);
    }

    private HttpAnswer.Response carry(HttpRequest request, byte[] body, Exchange exchange, Duration connectTimeout)
            throws IOException {
        Optional<PlainConnection> kept = kept(request.uri());
        PlainConnection connection =
                kept.isPresent() ? kept.get() : remember(PlainConnection.open(request.uri(), connectTimeout, exchange));
        exchange.endsBy(() -> discard(connection));
        boolean fine = false;
        try {
            HttpAnswer.Response response = connection.exchange(request, body, this, exchange);
            fine = true;
            return response;
        } finally {
            if (!fine) {
                discard(connection);
            }
        }
    }

    private Optional<PlainConnection> kept(URI uri) {
        while (true) {
            Idle candidate;
            synchronized (this) {
                Deque<Idle> waiting = idle.get(key(uri));
                candidate = waiting == null ? null : waiting.pollFirst();
            }
            if (candidate == null) {
                return Optional.empty();
            }
            Deadlines.SHARED.forget(candidate);
            if (candidate.left(System.nanoTime()) > 0 && candidate.connection.isUsable()) {
                return Optional.of(candidate.connection);
            }
            discard(candidate.connection);
        }
    }

    private synchronized PlainConnection remember(PlainConnection connection) throws IOException {
        if (closed) {
            connection.close();
            throw new IOException("Drawbridge is ending");
        }
        open.add(connection);
        return connection;
    }

    /**
     * The response was read to its end.
     *
     * @param atMost how long the server keeps the connection
     */
    void giveBack(PlainConnection connection, Duration atMost) {
        Idle next = new Idle(connection, atMost.compareTo(LONGEST_IDLE) < 0 ? atMost : LONGEST_IDLE);
        boolean keeps;
        synchronized (this) {
            Deque<Idle> waiting = idle.computeIfAbsent(key(connection.uri()), key -> new ArrayDeque<>());
            keeps = !closed && waiting.size() < MOST_IDLE;
            if (keeps) {
                waiting.addFirst(next);
            }
        }
        if (keeps) {
            Deadlines.SHARED.watch(next);
        } else {
            discard(connection);
        }
    }

    void discard(PlainConnection connection) {
        synchronized (this) {
            open.remove(connection);
        }
        connection.close();
    }

    /** How many connections there are, idle ones and others. */
    synchronized int connections() {
        return open.size();
    }

    private static String key(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT) + ":" + uri.getPort();
    }

    @Override
    public void close() {
        Set<PlainConnection> all;
        synchronized (this) {
            closed = true;
            all = Set.copyOf(open);
            open.clear();
            idle.clear();
        }
        all.forEach(PlainConnection::close);
    }

    /** A connection that waits for its next request, and is closed when none comes for a while. */
    private final class Idle implements Deadlines.Deadline {
        private final PlainConnection connection;
        private final long end;

        Idle(PlainConnection connection, Duration atMost) {
            this.connection = connection;
            this.end = System.nanoTime() + atMost.toNanos();
        }

        @Override
        public long left(long now) {
            return end - now;
        }

        @Override
        public void passed() {
            boolean mine;
            synchronized (PlainHttp.this) {
                Deque<Idle> waiting = idle.get(key(connection.uri()));
                mine = waiting != null && waiting.remove(this);
                if (waiting != null && waiting.isEmpty()) {
                    idle.remove(key(connection.uri()));
                }
            }
            if (mine) {
                discard(connection);
            }
        }
    }
}
