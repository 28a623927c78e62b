package dev.drawbridge.mcp.rpc;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next try: doubling, bounded, and spread so that many clients do not come at once. */
public final class Backoff {
    private Backoff() {}

    /** @param failures in a row, from 1 on */
    public static Duration after(int failures, Duration first, Duration most) {
        int doublings = Math.min(Math.max(failures - 1, 0), 20);
        long millis = Math.min(first.toMillis() << doublings, most.toMillis());
        return jittered(Duration.ofMillis(millis));
    }

    /** Up to a quarter longer; never shorter, for a server's own wish is a lower bound. */
    public static Duration jittered(Duration duration) {
        long millis = duration.toMillis();
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1));
    }
}
