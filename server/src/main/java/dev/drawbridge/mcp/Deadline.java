package dev.drawbridge.mcp;

import java.time.Duration;

/** A point in time that several steps share. */
record Deadline(long nanoTime) {
    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** What is left, at least a millisecond: a step that comes too late fails by itself. */
    Duration left() {
        long nanos = nanoTime - System.nanoTime();
        return nanos < 1_000_000 ? Duration.ofMillis(1) : Duration.ofNanos(nanos);
    }

    /** What is left, but no more than the bound. */
    Duration left(Duration atMost) {
        Duration left = left();
        return left.compareTo(atMost) < 0 ? left : atMost;
    }
}
