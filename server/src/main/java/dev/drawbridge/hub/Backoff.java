package dev.drawbridge.hub;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from half a second to 30 seconds, with a fifth of jitter so that
 * servers which fell together do not rise together.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final double JITTER = 0.2;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The wait before attempt number {@code attempt}, counted from 1. */
    Duration before(int attempt) {
        int doublings = Math.clamp(attempt - 1L, 0, 16);
        long millis = Math.min(LONGEST.toMillis(), FIRST.toMillis() << doublings);
        return Duration.ofMillis(Math.round(millis * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }
}
