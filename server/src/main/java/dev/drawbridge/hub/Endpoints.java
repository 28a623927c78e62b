package dev.drawbridge.hub;

import dev.drawbridge.config.ResolvedServer;
import dev.drawbridge.config.TlsSettings;
import dev.drawbridge.mcp.Endpoint;
import dev.drawbridge.mcp.HttpOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resolved definitions as the transports take them. */
final class Endpoints {
    private Endpoints() {}

    /**
     * @param dynamicHeaders whether the headers are put on each request by {@link DynamicHeaders} instead
     */
    static Endpoint of(ResolvedServer server, boolean dynamicHeaders) {
        return switch (server) {
            case ResolvedServer.Http http -> {
                Map<String, String> headers = dynamicHeaders ? Map.of() : http.headers();
                yield http.sse()
                        ? new Endpoint.Sse(http.url(), headers, options(http))
                        : new Endpoint.StreamableHttp(http.url(), headers, options(http));
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
        return HttpOptions.DEFAULT
                .withTls(tls(http.tls()))
                .withCookies(http.cookies())
                .withProxy(http.proxy().map(address -> new HttpOptions.Proxy(address, List.of())));
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
