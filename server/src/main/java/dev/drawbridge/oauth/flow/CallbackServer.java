package dev.drawbridge.oauth.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.oauth.AuthorizationFailed;
import dev.drawbridge.oauth.OAuthFailure;
import dev.drawbridge.oauth.Scheduler;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The loopback address browsers come back to (RFC 8252 section 7.3): on 127.0.0.1 and ::1, bound before any flow has an address
 * to show, shared by all of them, and gone soon after the last. It answers only requests that name this machine in
 * {@code Host}, or the address an editor carries here, so that no page elsewhere reaches it by a name of its own.
 *
 * <p>Thread-safe: what is open is changed under this object's monitor; pages are made on virtual threads.
 */
public final class CallbackServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(CallbackServer.class.getName());

    static {
        // Of the JDK's server, for the whole process: a client gets ten seconds to send its request, and an answer may
        // take as
        // long as the most patient exchange of a code (BrowserReturn) and the wait for the store.
        System.setProperty("sun.net.httpserver.maxReqTime", System.getProperty("sun.net.httpserver.maxReqTime", "10"));
        System.setProperty("sun.net.httpserver.maxRspTime", System.getProperty("sun.net.httpserver.maxRspTime", "360"));
        System.setProperty("jdk.httpserver.maxConnections", System.getProperty("jdk.httpserver.maxConnections", "100"));
    }

    /** Keeps a port open until it is closed. */
    public final class Lease implements AutoCloseable {
        private final Listener listener;
        private boolean closed;

        private Lease(Listener listener) {
            this.listener = listener;
        }

        public int port() {
            return listener.port;
        }

        /** Browsers come by this address too, which an editor carries here, with or without its path. */
        public void reachedBy(URI address) {
            listener.hosts.add(address.getHost().toLowerCase(Locale.ROOT));
            listener.paths.add(address.getRawPath());
        }

        @Override
        public void close() {
            synchronized (CallbackServer.this) {
                if (!closed) {
                    closed = true;
                    release(listener);
                }
            }
        }
    }

    private static final class Listener {
        final int port;
        final List<HttpServer> servers;
        final Set<String> paths = ConcurrentHashMap.newKeySet();
        final Set<String> hosts = ConcurrentHashMap.newKeySet();
        int leases;
        Runnable closing = () -> {};

        Listener(int port, List<HttpServer> servers) {
            this.port = port;
            this.servers = servers;
        }
    }

    private final Flows flows;
    private final Scheduler scheduler;
    private final Duration linger;
    private final Map<Integer, Listener> open = new TreeMap<>();
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("oauth-callback-", 0).factory());

    public CallbackServer(Flows flows, Scheduler scheduler, Duration linger) {
        this.flows = flows;
        this.scheduler = scheduler;
        this.linger = linger;
    }

    /**
     * Listens on the preferred port, else on one that is open already, else on the first free one.
     *
     * @param preferred the port registered at the authorization server
     * @param ports all that are allowed; zero stands for any
     */
    public synchronized Lease listen(Optional<Integer> preferred, List<Integer> ports, String path)
            throws AuthorizationFailed {
        List<Integer> order = new ArrayList<>();
        preferred.filter(port -> ports.contains(port) || ports.contains(0)).ifPresent(order::add);
        open.keySet().stream()
                .filter(port -> ports.contains(port) || ports.contains(0))
                .forEach(order::add);
        order.addAll(ports);
        for (int port : order) {
            Optional<Listener> listener = Optional.ofNullable(open.get(port)).or(() -> bind(port));
            if (listener.isPresent()) {
                listener.get().closing.run();
                listener.get().leases++;
                listener.get().paths.add(path);
                return new Lease(listener.get());
            }
        }
        throw new AuthorizationFailed(OAuthFailure.lasting(
                "oauth.callbackPortsTaken",
                ports.size() == 1
                        ? "The callback port " + ports.getFirst() + " is in use by another program."
                        : "All callback ports from " + ports.getFirst() + " to " + ports.getLast()
                                + " are in use by other programs.",
                "End a program that uses one of them, sign in with a device code, or set oauth.callbackPort."));
    }

    private Optional<Listener> bind(int port) {
        List<HttpServer> servers = new ArrayList<>();
        try {
            servers.add(server(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            int bound = servers.getFirst().getAddress().getPort();
            bindIpv6(bound).ifPresent(servers::add);
            Listener listener = new Listener(bound, List.copyOf(servers));
            for (HttpServer server : servers) {
                server.createContext("/", exchange -> answer(listener, exchange));
                server.setExecutor(executor);
                server.start();
            }
            open.put(bound, listener);
            return Optional.of(listener);
        } catch (IOException e) {
            servers.forEach(server -> server.stop(0));
            return Optional.empty();
        }
    }

    /** A machine without IPv6 does without; a stranger on the port at ::1 makes the port unfit for {@code localhost}. */
    private static Optional<HttpServer> bindIpv6(int port) throws IOException {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        try {
            return Optional.of(server(InetAddress.getByAddress(loopback), port));
        } catch (BindException e) {
            if (("" + e.getMessage()).contains("in use")) {
                throw e;
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Sixteen bytes are an address", e);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static HttpServer server(InetAddress address, int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(address, port), 50);
    }

    private void release(Listener listener) {
        listener.leases--;
        if (listener.leases == 0 && open.get(listener.port) == listener) {
            listener.closing = scheduler.after(linger, () -> closeIdle(listener));
        }
    }

    private void closeIdle(Listener listener) {
        synchronized (this) {
            if (listener.leases > 0 || !open.remove(listener.port, listener)) {
                return;
            }
        }
        listener.servers.forEach(server -> server.stop(0));
    }

    private void answer(Listener listener, HttpExchange exchange) {
        try (exchange) {
            send(exchange, page(listener, exchange));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A browser went away before its page was sent: {0}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Answering a browser failed", e);
        }
    }

    private CallbackPage page(Listener listener, HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String query = exchange.getRequestURI().getRawQuery();
        boolean ours = exchange.getRequestMethod().equals("GET")
                && host != null
                && (isLoopback(host) || listener.hosts.contains(nameIn(host)))
                && listener.paths.contains(exchange.getRequestURI().getRawPath());
        return ours
                ? CallbackPage.of(flows.callback(CallbackParameters.parse(query == null ? "" : query)))
                : CallbackPage.notFound();
    }

    private static String nameIn(String host) {
        return host.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
    }

    static boolean isLoopback(String host) {
        return host.matches("(?i)(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");
    }

    private static void send(HttpExchange exchange, CallbackPage page) throws IOException {
        byte[] body = page.html().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Content-Security-Policy", CallbackPage.CONTENT_SECURITY_POLICY);
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Connection", "close");
        // Letters beyond ASCII would be cut to their lower byte, some of which end a header.
        page.location().ifPresent(location -> exchange.getResponseHeaders().set("Location", location.toASCIIString()));
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(page.status(), head ? -1 : body.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    @Override
    public void close() {
        List<Listener> left;
        synchronized (this) {
            left = List.copyOf(open.values());
            open.clear();
        }
        for (Listener listener : left) {
            listener.closing.run();
            listener.servers.forEach(server -> server.stop(0));
        }
        executor.close();
    }
}
