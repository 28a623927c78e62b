package dev.drawbridge.daemon.relay;

import dev.drawbridge.mcp.json.JsonSlices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the next daemon has to be told of a host, so that the host notices nothing: the greeting of the {@code initialize}
 * family, the log level, what it watches and listens for. Owned by the uplink's thread.
 */
final class HostMemory {
    private static final int MAX_WATCHED = 1000;

    private @Nullable Envelope initialize;
    private @Nullable Envelope initialized;
    private @Nullable Envelope logLevel;
    private final Map<String, Envelope> watched = new LinkedHashMap<>();
    private final Map<String, Envelope> listening = new LinkedHashMap<>();

    void note(Envelope message) {
        switch (message.method()) {
            case "initialize" -> initialize = message;
            case "notifications/initialized" -> initialized = message;
            case "logging/setLevel" -> logLevel = message;
            case "resources/subscribe" -> {
                if (watched.size() < MAX_WATCHED) {
                    watched.put(uri(message), message);
                }
            }
            case "resources/unsubscribe" -> watched.remove(uri(message));
            case "subscriptions/listen" -> {
                if (listening.size() < MAX_WATCHED) {
                    listening.put(Envelope.canonicalId(message.id()), message);
                }
            }
            default -> {
                return;
            }
        }
    }

    /** The host takes a request back. */
    void noteCancelled(String id) {
        listening.remove(Envelope.canonicalId(id));
    }

    /**
     * What the next daemon has to answer instead of the last one: a greeting that it left unanswered, and subscriptions,
     * which are open until somebody ends them. They no longer wait for an answer.
     */
    List<Envelope> takeUnanswered(PendingRequests pending) {
        List<Envelope> unanswered = new ArrayList<>();
        Envelope greeting = initialize;
        if (greeting != null && pending.remove(greeting.id())) {
            initialize = null;
            unanswered.add(greeting);
        }
        for (Envelope subscription : listening.values()) {
            if (pending.remove(subscription.id())) {
                unanswered.add(subscription);
            }
        }
        listening.clear();
        return unanswered;
    }

    /** The greeting under an id that no host uses; empty when there was none. */
    List<byte[]> greeting() {
        return initialize == null ? List.of() : List.of(initialize.withId(Downlink.INITIALIZE_ID));
    }

    /** The rest, to be sent once the greeting is answered; the answers go no further. */
    List<byte[]> replay() {
        List<byte[]> messages = new ArrayList<>();
        if (initialized != null) {
            messages.add(initialized.body());
        }
        int number = 0;
        List<Envelope> requests = new ArrayList<>(watched.values());
        if (logLevel != null) {
            requests.add(logLevel);
        }
        for (Envelope request : requests) {
            messages.add(request.withId("\"drawbridge-again-" + ++number + "\""));
        }
        return messages;
    }

    private static String uri(Envelope message) {
        try {
            JsonSlices params = message.members().object("params").orElse(null);
            return params == null ? "" : params.string("uri").orElse("");
        } catch (JsonSlices.MalformedJson _) {
            return "";
        }
    }
}
