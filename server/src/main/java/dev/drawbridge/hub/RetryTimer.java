package dev.drawbridge.hub;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Rings at an instant. One thread for the whole hub; what it runs only enqueues. An idle timer costs nothing. */
final class RetryTimer implements AutoCloseable {
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor executor;

    RetryTimer(InstantSource clock) {
        this.clock = clock;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setDaemon(true);
            thread.setName("hub-timer");
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    /** A booked ring. */
    interface Ticket {
        Ticket NONE = () -> {};

        void cancel();
    }

    Ticket at(Instant instant, Runnable action) {
        return in(Duration.between(clock.instant(), instant), action);
    }

    Ticket in(Duration delay, Runnable action) {
        if (executor.isShutdown()) {
            return Ticket.NONE;
        }
        ScheduledFuture<?> booked = executor.schedule(action, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
        return () -> booked.cancel(false);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
