package dev.drawbridge.hub;

import dev.drawbridge.mcp.Connector;
import dev.drawbridge.mcp.HttpOptions;
import dev.drawbridge.oauth.Target;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A server's proxy and certificates hold for its sign-in as well: finds the HTTP client that belongs to a target. */
final class TargetClients implements Function<Target, HttpClient> {
    private final Connector connector;
    private final Map<Target, HttpOptions> options = new ConcurrentHashMap<>();

    TargetClients(Connector connector) {
        this.connector = connector;
    }

    void remember(Target target, HttpOptions used) {
        options.put(target, used);
    }

    void forget(Target target) {
        options.remove(target);
    }

    @Override
    public HttpClient apply(Target target) {
        return connector.httpClient(options.getOrDefault(target, HttpOptions.DEFAULT));
    }
}
