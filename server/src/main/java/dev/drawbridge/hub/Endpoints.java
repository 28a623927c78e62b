package dev.drawbridge.hub;

import dev.drawbridge.config.ConnectionSettings;
import dev.drawbridge.config.ResolvedServer;
import dev.drawbridge.config.TlsSettings;
import dev.drawbridge.mcp.Endpoint;
import dev.drawbridge.mcp.HttpOptions;
import dev.drawbridge.mcp.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resolved definitions as the transports take them. */
final class Endpoints {
    private static final Duration OTHER_LIMIT = Duration.ofMinutes(5);

    private Endpoints() {}

    /**
     * @param dynamicHeaders whether the headers are put on each request by {@link DynamicHeaders} instead
     */
    static Endpoint of(ResolvedServer server, boolean dynamicHeaders, Trace trace) {
        return switch (server) {
            case ResolvedServer.Http http -> {
                Map<String, String> headers = dynamicHeaders ? Map.of() : http.headers();
                HttpOptions options = options(http).withTrace(trace);
                yield switch (http.connection().transport()) {
                    case HTTP_FIRST -> new Endpoint.StreamableHttp(http.url(), headers, options, true);
                    case HTTP_ONLY -> new Endpoint.StreamableHttp(http.url(), headers, options, false);
                    case SSE_FIRST -> new Endpoint.Sse(http.url(), headers, options, true);
                    case SSE_ONLY -> new Endpoint.Sse(http.url(), headers, options, false);
                };
            }
            case ResolvedServer.Stdio stdio -> new Endpoint.Stdio(stdio.command(), stdio.env(), stdio.directory());
        };
    }

    static Map<String, String> headers(ResolvedServer server) {
        return switch (server) {
            case ResolvedServer.Http http -> http.headers();
            case ResolvedServer.Stdio _ -> Map.of();
        };
    }

    static HttpOptions options(ResolvedServer server) {
        return switch (server) {
            case ResolvedServer.Http http -> options(http);
            case ResolvedServer.Stdio _ -> HttpOptions.DEFAULT;
        };
    }

    private static HttpOptions options(ResolvedServer.Http http) {
        ConnectionSettings connection = http.connection();
        return HttpOptions.DEFAULT
                .withTls(tls(http.tls()))
                .withCookies(connection.cookies())
                .withProxy(http.proxy().map(address -> new HttpOptions.Proxy(address, List.of())))
                .withLimits(new HttpOptions.Limits(
                        connection
                                .connectTimeout()
                                .orElse(HttpOptions.DEFAULT.limits().connect()),
                        limit(connection, connection.headersTimeout()),
                        limit(connection, connection.bodyTimeout())))
                .withPingInterval(connection.pingInterval())
                .withIpv4(connection.ipv4());
    }

    /** Who names one of the two limits gets the other as well, as from mcp-remote. */
    private static Optional<Duration> limit(ConnectionSettings connection, Optional<Duration> told) {
        return connection.limitsSilence()
                ? told.or(() -> Optional.of(OTHER_LIMIT)).filter(limit -> !limit.isZero())
                : Optional.empty();
    }

    private static Optional<HttpOptions.Tls> tls(TlsSettings settings) {
        if (settings.equals(TlsSettings.DEFAULTS)) {
            return Optional.empty();
        }
        return Optional.of(new HttpOptions.Tls(
                settings.caFile().map(Path::of),
                settings.certFile().map(Path::of),
                settings.keyFile().map(Path::of),
                settings.keyPassword()));
    }
}
