package dev.drawbridge.proxy.http;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The requests a host waits for, each with its stream, in the order they came. Thread-safe. */
final class OpenPosts {
    private final Map<Cancellation, Post> open = new LinkedHashMap<>();

    /**
     * One of them.
     *
     * @param hearsLog whether log messages may go there
     * @param token the progress token the host gave, where it had to be replaced
     */
    record Post(EventStream stream, boolean hearsLog, Optional<RawJson> token) {}

    synchronized void add(Cancellation request, Post post) {
        open.put(request, post);
    }

    synchronized void remove(Cancellation request) {
        open.remove(request);
    }

    synchronized Optional<Post> of(Optional<Cancellation> request) {
        return request.map(open::get);
    }

    /** Where nobody knows which one a message belongs to, the newest is the likeliest. */
    synchronized Optional<Post> newest(Predicate<Post> wanted) {
        return open.values().stream().filter(wanted).reduce((first, second) -> second);
    }

    synchronized boolean isEmpty() {
        return open.isEmpty();
    }
}
