package dev.drawbridge.mcp.http;

import dev.drawbridge.mcp.HttpOptions;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.RequestAuthorizer;
import dev.drawbridge.mcp.Trace;
import dev.drawbridge.mcp.Verdict;
import dev.drawbridge.mcp.rpc.Deadlines;
import dev.drawbridge.mcp.rpc.Failures;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * HTTP to one server: the configured headers, authorization with its bounded retries (requirements 41 and 45), redirects
 * and cookies. Safe for any thread; keeps only the cookies.
 */
public final class HttpLink {
    private static final int MOST_REDIRECTS = 5;

    private static final int MAX_PORT = 65_535;

    private static final byte[] NO_BODY = {};

    private final HttpClients clients;
    private final URI base;
    private final Map<String, String> configured;
    private final HttpOptions options;
    private final RequestAuthorizer authorizer;
    private final ProxyRoute route;
    private final CookieManager cookies = new CookieManager();

    public HttpLink(
            HttpClients clients,
            URI base,
            Map<String, String> configured,
            HttpOptions options,
            RequestAuthorizer authorizer) {
        this.clients = clients;
        this.base = base;
        this.configured = configured;
        this.options = options;
        this.authorizer = authorizer;
        this.route = new ProxyRoute(options.proxy());
    }

    public URI base() {
        return base;
    }

    public HttpOptions options() {
        return options;
    }

    /** Makes the request and waits for the response's headers. */
    public HttpAnswer send(HttpAsk ask, Exchange exchange) {
        HttpAsk current = ask.at(ascii(ask.uri()));
        Set<String> retriedFor = new HashSet<>();
        int redirects = 0;
        while (true) {
            boolean ownOrigin = sameOrigin(base, current.uri());
            Map<String, String> authorization =
                    ownOrigin ? authorizer.headers(current.method(), current.uri()) : Map.of();
            HttpAnswer answer = traced(current, authorization, ownOrigin, exchange);
            if (!(answer instanceof HttpAnswer.Response response)) {
                return answer;
            }
            if (ownOrigin) {
                authorizer.observed(current.uri(), response.headers().map());
            }
            Optional<Rejection> rejection = rejection(response, current, authorization);
            if (rejection.isPresent()) {
                Bodies.discard(response);
                // The end of a session (DELETE) is a courtesy, which nobody is asked to sign in for.
                boolean first =
                        ownOrigin && !current.method().equals("DELETE") && retriedFor.add(reason(rejection.get()));
                if (first && authorizer.rejected(rejection.get()) == Verdict.RETRY) {
                    continue;
                }
                return new HttpAnswer.Unauthorized(rejection.get());
            }
            if (!isRedirect(response.status())) {
                return answer;
            }
            Bodies.discard(response);
            Redirection next = redirection(current, response);
            if (next instanceof Redirection.Refused(McpFailure why)) {
                return new HttpAnswer.Failed(why);
            }
            if (++redirects > MOST_REDIRECTS) {
                return new HttpAnswer.Failed(Failures.redirect(base, "more than " + MOST_REDIRECTS + " times"));
            }
            current = current.at(ascii(((Redirection.To) next).uri()));
        }
    }

    /** As it goes out (RFC 3986 section 2.5), and so as a proof of possession has to name it. */
    private static URI ascii(URI uri) {
        return URI.create(uri.toASCIIString());
    }

    private HttpAnswer traced(HttpAsk ask, Map<String, String> authorization, boolean ownOrigin, Exchange exchange) {
        if (options.trace().isEmpty()) {
            return once(ask, authorization, ownOrigin, exchange);
        }
        Trace trace = options.trace().get();
        HttpTrace.asking(trace, ask, !authorization.isEmpty());
        long began = System.nanoTime();
        HttpAnswer answer = once(ask, authorization, ownOrigin, exchange);
        HttpTrace.ended(trace, ask, answer, began);
        return answer;
    }

    private HttpAnswer once(HttpAsk ask, Map<String, String> authorization, boolean ownOrigin, Exchange exchange) {
        if (exchange.isAborted()) {
            return new HttpAnswer.Aborted();
        }
        HttpRequest request;
        try {
            request = request(ask, authorization, ownOrigin);
        } catch (IllegalArgumentException e) {
            return new HttpAnswer.Failed(
                    Failures.badEndpoint("A configured address or header cannot be sent: " + e.getMessage() + "."));
        } catch (IOException e) {
            return new HttpAnswer.Failed(Failures.unreachable(ask.uri(), String.valueOf(e.getMessage())));
        }
        Duration within = options.limits()
                .headers()
                .filter(limit -> limit.compareTo(ask.headersWithin()) < 0)
                .orElse(ask.headersWithin());
        HeadersDue due = HeadersDue.of(exchange, within);
        try {
            HttpAnswer.Response response =
                    clients.carrier(request, options).carry(request, ask.body().orElse(NO_BODY), exchange);
            if (options.cookies()) {
                cookies.put(ask.uri(), response.headers().map());
            }
            return limited(response);
        } catch (BadTls e) {
            return new HttpAnswer.Failed(Failures.badTls(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            if (due.hasPassed()) {
                return new HttpAnswer.Failed(Failures.timeout(ask.operation(), within));
            }
            return exchange.isAborted() ? new HttpAnswer.Aborted() : new HttpAnswer.Failed(NetworkTrouble.of(ask, e));
        } finally {
            Deadlines.SHARED.forget(due);
        }
    }

    private HttpAnswer.Response limited(HttpAnswer.Response response) {
        return options.limits()
                .body()
                .map(limit -> new HttpAnswer.Response(
                        response.status(), response.headers(), SilenceLimit.on(response.body(), limit), response.uri()))
                .orElse(response);
    }

    private HttpRequest request(HttpAsk ask, Map<String, String> authorization, boolean ownOrigin) throws IOException {
        // Names are compared without case, so that a configured "authorization" and ours do not both go out.
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (ownOrigin) {
            headers.putAll(configured);
        }
        headers.putAll(ask.headers());
        headers.putAll(authorization);
        if (!ownOrigin) {
            headers.remove("Authorization");
            headers.remove("Mcp-Session-Id");
        }
        if (options.cookies()) {
            List<String> kept = cookies.get(ask.uri(), Map.of()).getOrDefault("Cookie", List.of());
            if (!kept.isEmpty()) {
                headers.merge("Cookie", String.join("; ", kept), (own, ours) -> own + "; " + ours);
            }
        }
        route.authorization(ask.uri()).ifPresent(value -> headers.put("Proxy-Authorization", value));
        if (ask.uri().getPort() > MAX_PORT) {
            throw new IllegalArgumentException("there is no port " + ask.uri().getPort());
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(ask.uri());
        // Over plain HTTP the client would offer an upgrade to HTTP/2 with every request, which some servers choke on.
        builder.version(
                ask.uri().getScheme().equals("https") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        headers.forEach(builder::setHeader);
        builder.method(
                ask.method(),
                ask.body().map(HttpRequest.BodyPublishers::ofByteArray).orElseGet(HttpRequest.BodyPublishers::noBody));
        return builder.build();
    }

    private static Optional<Rejection> rejection(
            HttpAnswer.Response response, HttpAsk ask, Map<String, String> authorization) {
        List<String> challenges = response.headers().allValues("WWW-Authenticate");
        boolean wantsMore =
                response.status() == 403 && challenges.stream().anyMatch(value -> value.contains("insufficient_scope"));
        return response.status() == 401 || wantsMore
                ? Optional.of(new Rejection(response.status(), ask.uri(), challenges, authorization, ask.operation()))
                : Optional.empty();
    }

    /** Each reason is worth one retry: a token that is refused, a scope that is missing, a DPoP nonce that is asked for. */
    private static String reason(Rejection rejection) {
        boolean nonce = rejection.wwwAuthenticate().stream().anyMatch(value -> value.contains("use_dpop_nonce"));
        return nonce ? "nonce" : String.valueOf(rejection.status());
    }

    private sealed interface Redirection {
        record To(URI uri) implements Redirection {}

        record Refused(McpFailure why) implements Redirection {}
    }

    /** The method and the body are kept, which is what every MCP server behind a redirect expects. */
    private Redirection redirection(HttpAsk ask, HttpAnswer.Response response) {
        Optional<URI> target = response.headers().firstValue("Location").flatMap(value -> resolved(ask.uri(), value));
        if (target.isEmpty()) {
            return new Redirection.Refused(Failures.redirect(ask.uri(), "to nowhere"));
        }
        URI uri = target.get();
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https")
                && !(scheme.equals("http") && ask.uri().getScheme().equals("http"))) {
            return new Redirection.Refused(Failures.redirect(ask.uri(), "to an address that is not as safe"));
        }
        boolean keepsMethod = response.status() == 307
                || response.status() == 308
                || ask.method().equals("GET");
        if (!keepsMethod && (response.status() == 303 || !sameOrigin(ask.uri(), uri))) {
            return new Redirection.Refused(Failures.redirect(
                    ask.uri(), "to " + uri.getHost() + " with status " + response.status() + ", as sign-in pages do"));
        }
        return new Redirection.To(uri);
    }

    private static Optional<URI> resolved(URI from, String location) {
        try {
            URI uri = from.resolve(location);
            return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Scheme, host and port (RFC 6454 section 5). */
    public static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && String.valueOf(one.getHost()).equalsIgnoreCase(String.valueOf(other.getHost()))
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
