package dev.drawbridge.daemon;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waiting for what happens on another thread or in another process, with a deadline. */
public final class Eventually {
    private static final long DEADLINE_NANOS = 15_000_000_000L;

    private Eventually() {}

    /** The first value that fits. */
    public static <T> T get(Callable<T> source, Predicate<T> fits) throws Exception {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (true) {
            T value = source.call();
            if (fits.test(value)) {
                return value;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("still " + value + " after 15 seconds");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    public static void holds(Callable<Boolean> condition) throws Exception {
        get(condition, Boolean::booleanValue);
    }
}
