package dev.drawbridge.mcp.http;

import dev.drawbridge.mcp.HttpOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One HTTP client for each TLS and proxy setting in use, made when it is first needed. Redirects, cookies and
 * authentication are ours ({@link HttpLink}), so a client holds nothing of any one server but pooled sockets.
 */
public final class HttpClients implements AutoCloseable {
    private static final int MOST = 64;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Setting, HttpClient> clients = new LinkedHashMap<>();
    private final PlainHttp plain = new PlainHttp();
    private final PlainHttp plainOverIpv4 = new PlainHttp();

    private record Setting(
            Optional<HttpOptions.Tls> tls, Optional<HttpOptions.Proxy> proxy, Duration connectTimeout, boolean ipv4) {}

    /** What takes this request there. */
    Carrier carrier(HttpRequest request, HttpOptions options) throws BadTls {
        boolean direct = request.uri().getScheme().equalsIgnoreCase("http")
                && !new ProxyRoute(options.proxy()).isProxied(request.uri());
        if (!direct) {
            return new ClientCarrier(client(options));
        }
        if (options.ipv4()) {
            Ipv4Hosts.mark(request.uri().getHost());
        }
        return (options.ipv4() ? plainOverIpv4 : plain).within(options.limits().connect());
    }

    public synchronized HttpClient client(HttpOptions options) throws BadTls {
        Setting setting =
                new Setting(options.tls(), options.proxy(), options.limits().connect(), options.ipv4());
        HttpClient known = clients.get(setting);
        if (known != null) {
            return known;
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .executor(threads)
                .connectTimeout(options.limits().connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(new ProxyRoute(options.proxy()));
        if (options.tls().isPresent()) {
            builder.sslContext(TlsContext.of(options.tls().get()));
        }
        HttpClient client = options.ipv4() ? onlyIpv4(builder.build()) : builder.build();
        if (clients.size() >= MOST) {
            // Whoever still uses the eldest goes on with it; it is collected when nobody does.
            clients.remove(clients.keySet().iterator().next());
        }
        clients.put(setting, client);
        return client;
    }

    /** The client of these options for a sign-in on the server's behalf. */
    public HttpClient signInClient(HttpOptions options) throws BadTls {
        HttpClient client = client(options);
        return options.trace()
                .<HttpClient>map(trace -> new WatchedClient(client, HttpTrace.signIn(trace)))
                .orElse(client);
    }

    /** Redirects and the addresses of a sign-in are marked as well, each before anybody looks it up. */
    private static HttpClient onlyIpv4(HttpClient client) {
        return new WatchedClient(client, request -> Ipv4Hosts.mark(request.uri().getHost()));
    }

    @Override
    public synchronized void close() {
        plain.close();
        plainOverIpv4.close();
        clients.values().forEach(HttpClient::shutdownNow);
        clients.clear();
        threads.shutdownNow();
    }
}
