package dev.drawbridge.mcp.legacy;

import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the host has set up in its session, so that a renewed session is like the lost one. Safe for any thread. */
final class SessionMemory {
    private static final int MOST_SUBSCRIPTIONS = 1000;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Map<String, RawJson> subscriptions = new LinkedHashMap<>();
    private Optional<RawJson> logLevel = Optional.empty();

    synchronized void note(String method, RawJson params) {
        switch (method) {
            case "resources/subscribe" ->
                uri(params).ifPresent(uri -> {
                    if (subscriptions.size() < MOST_SUBSCRIPTIONS) {
                        subscriptions.put(uri, params);
                    }
                });
            case "resources/unsubscribe" -> uri(params).ifPresent(subscriptions::remove);
            case "logging/setLevel" -> logLevel = Optional.of(params);
            default -> {
                // Everything else leaves nothing behind in the session.
            }
        }
    }

    void replay(RpcChannel channel) {
        List<RawJson> uris;
        Optional<RawJson> level;
        synchronized (this) {
            uris = new ArrayList<>(subscriptions.values());
            level = logLevel;
        }
        level.ifPresent(params -> channel.call("logging/setLevel", params, LIMIT));
        uris.forEach(params -> channel.call("resources/subscribe", params, LIMIT));
    }

    private static Optional<String> uri(RawJson params) {
        try {
            return JsonSlices.ofObject(params.bytes()).string("uri");
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }
}
