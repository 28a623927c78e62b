package dev.drawbridge.mcp.rpc;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Many deadlines under the eye of one thread. A timed wait of each call's own would set and clear a timer for every call,
 * which costs more processor time than carrying a small call does; here a call that ends in time costs an entry in a set.
 * The thread sleeps until the earliest deadline it knows of, and for ever while there is none. Thread-safe.
 */
public final class Deadlines {
    /** Of the whole process. */
    public static final Deadlines SHARED = new Deadlines();

    private static final long NEVER = Long.MAX_VALUE;
    private static final long NANOS_A_MILLISECOND = 1_000_000;

    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
    private boolean started;

    /** When the thread wakes up next, in nanoseconds from the process's start; guarded by this object. */
    private long waking = NEVER;

    private final long origin = System.nanoTime();

    /** One moment that something is to happen by, which may move. */
    public interface Deadline {
        /** Nanoseconds that are left, in terms of {@link System#nanoTime}. */
        long left(long now);

        /** The moment has come, and the deadline is watched no longer. Runs on the watching thread and must not block. */
        void passed();
    }

    private Deadlines() {}

    /** Watches a deadline; one that moves may only move away. */
    public void watch(Deadline deadline) {
        open.add(deadline);
        long now = System.nanoTime();
        long due = now - origin + Math.max(0, deadline.left(now));
        synchronized (this) {
            if (!started) {
                started = true;
                Thread.ofPlatform().daemon().name("deadlines").start(this::run);
            }
            if (due < waking) {
                waking = due;
                notifyAll();
            }
        }
    }

    /** Watches it no longer. */
    public void forget(Deadline deadline) {
        open.remove(deadline);
    }

    private void run() {
        while (true) {
            long next = look();
            synchronized (this) {
                // What was added meanwhile is looked at before any sleep.
                waking = Math.min(next, waking);
                try {
                    while (waking > System.nanoTime() - origin) {
                        long left = waking - (System.nanoTime() - origin);
                        if (waking == NEVER) {
                            wait();
                        } else {
                            wait(left / NANOS_A_MILLISECOND + 1);
                        }
                    }
                } catch (InterruptedException _) {
                    // Nobody ends this thread but the process's end.
                }
                waking = NEVER;
            }
        }
    }

    /** Lets what is due happen; when to look next. */
    private long look() {
        long next = NEVER;
        long now = System.nanoTime();
        List<Deadline> due = new ArrayList<>();
        for (Deadline deadline : open) {
            long left = deadline.left(now);
            if (left > 0) {
                next = Math.min(next, now - origin + left);
            } else {
                due.add(deadline);
            }
        }
        for (Deadline deadline : due) {
            // Unless it was forgotten in this very moment.
            if (open.remove(deadline)) {
                pass(deadline);
            }
        }
        return next;
    }

    private static void pass(Deadline deadline) {
        try {
            deadline.passed();
        } catch (RuntimeException e) {
            System.getLogger(Deadlines.class.getName()).log(Level.ERROR, "What a deadline ends could not be ended", e);
        }
    }
}
