package dev.drawbridge.lsp;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The one thread that owns a session's state: open documents, the servers as last told, prompts under way. Everything
 * else posts tasks to it; tasks never block.
 */
final class SessionLoop implements Executor, AutoCloseable {
    private static final int MAX_TASKS = 10_000;
    private static final System.Logger LOG = System.getLogger(SessionLoop.class.getName());

    private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(MAX_TASKS);
    private final Runnable onOverflow;
    private volatile boolean closed;

    SessionLoop(Runnable onOverflow) {
        this.onOverflow = onOverflow;
        Thread.ofVirtual().name("lsp-session").start(this::run);
    }

    @Override
    public void execute(Runnable task) {
        if (!closed && !tasks.offer(task)) {
            LOG.log(Level.WARNING, "A session fell too far behind; it ends");
            onOverflow.run();
        }
    }

    /** Runs the task after a pause. */
    void later(Duration pause, Runnable task) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, this)
                .execute(task);
    }

    <T> CompletableFuture<T> call(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, this);
    }

    @Override
    public void close() {
        closed = true;
        // Wakes the loop; when the queue is full it is awake anyway.
        boolean woken = tasks.offer(() -> {});
        LOG.log(Level.TRACE, "Session loop closed, woken: {0}", woken);
    }

    private void run() {
        try {
            while (!closed) {
                Runnable task = tasks.poll(1, TimeUnit.DAYS);
                if (task != null && !closed) {
                    runOne(task);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void runOne(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // One failed task must not end the session.
            LOG.log(Level.WARNING, "A session task failed", e);
        }
    }
}
