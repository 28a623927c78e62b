package dev.drawbridge.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts how often more scopes were asked for the same operation of the same resource (requirement 45), so that a server
 * that is never content does not send a person to the browser for ever. Together with the first sign-in two step-ups make
 * three visits. Thread-safe.
 */
final class StepUp {
    static final int LIMIT = 2;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int REMEMBERED = 1000;

    private record Key(String credential, String operation) {}

    private final InstantSource clock;
    private final Map<Key, Map<Secret, Instant>> attempts = new LinkedHashMap<>();

    StepUp(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Counts one more for each token that proved too little, however many requests were refused with it.
     *
     * @return false when there were enough within the last hour
     */
    synchronized boolean attempt(String credential, String operation, Secret presented) {
        Instant now = clock.instant();
        Map<Secret, Instant> times =
                attempts.computeIfAbsent(new Key(credential, operation), key -> new LinkedHashMap<>());
        times.values().removeIf(time -> time.plus(WINDOW).isBefore(now));
        if (attempts.size() > REMEMBERED) {
            attempts.remove(attempts.keySet().iterator().next());
        }
        if (!times.containsKey(presented) && times.size() >= LIMIT) {
            return false;
        }
        times.putIfAbsent(presented, now);
        return true;
    }

    synchronized void forget(String credential) {
        attempts.keySet().removeIf(key -> key.credential().equals(credential));
    }
}
