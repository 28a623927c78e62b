package dev.drawbridge.mcp.rpc;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What this process has elsewhere and owes an end: sessions that servers keep for it, and programs it has started. Whoever
 * holds one ends it; what is still being opened, held or ended when the process goes is ended here, all at once, and waited
 * for, because the connections it needs for that go with the process. Guarded by its own monitor.
 */
public final class OwedEnds {
    private final Set<Runnable> owed = new HashSet<>();
    private boolean settling;

    /**
     * Notes that something is about to be opened.
     *
     * @param end ends it, and comes to call {@link #paid}; may block, may be called more than once
     * @return false when the process ends, and nothing may be opened any more
     */
    public synchronized boolean owe(Runnable end) {
        if (!settling) {
            owed.add(end);
        }
        return !settling;
    }

    /** It has ended, or was never opened. */
    public synchronized void paid(Runnable end) {
        owed.remove(end);
        notifyAll();
    }

    /** Ends everything, and waits for that no longer than this. */
    public void settle(Duration limit) {
        List<Runnable> left;
        synchronized (this) {
            settling = true;
            left = List.copyOf(owed);
        }
        left.forEach(end -> Thread.ofVirtual().name("end").start(end));
        awaitNone(limit);
    }

    private synchronized void awaitNone(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!owed.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
