package dev.drawbridge.oauth;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Runs things later; tests bring one whose time they move. */
public interface Scheduler extends AutoCloseable {
    /**
     * Runs {@code task} once after {@code delay}, on a thread of its own.
     *
     * @return calls it off, without effect once it has started
     */
    Runnable after(Duration delay, Runnable task);

    @Override
    void close();

    /** Real time; no thread exists before the first task is scheduled. */
    static Scheduler system() {
        ThreadFactory timer = Thread.ofPlatform().daemon().name("oauth-timer").factory();
        ScheduledExecutorService executor = Executors.newScheduledThreadPool(0, timer);
        return new Scheduler() {
            @Override
            public Runnable after(Duration delay, Runnable task) {
                ScheduledFuture<?> future = executor.schedule(
                        () -> Thread.ofVirtual().name("oauth-timed").start(task),
                        delay.toNanos(),
                        TimeUnit.NANOSECONDS);
                return () -> future.cancel(false);
            }

            @Override
            public void close() {
                executor.shutdownNow();
            }
        };
    }
}
