package dev.drawbridge.daemon;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is attached, and whether anybody may still attach. Guarded by its own lock, because connections come and go on
 * threads of their own; the daemon's loop waits on it, so the decision to end and the last admission cannot cross.
 */
final class SessionTable {
    private final int capacity;
    private final Map<String, DaemonSession> sessions = new LinkedHashMap<>();
    private long version;
    private boolean closed;

    SessionTable(int capacity) {
        this.capacity = capacity;
    }

    /** What became of a client that wants in. */
    enum Admission {
        ADMITTED,
        FULL,
        CLOSED
    }

    synchronized Admission admit(DaemonSession session) {
        if (closed) {
            return Admission.CLOSED;
        }
        if (sessions.size() >= capacity) {
            return Admission.FULL;
        }
        sessions.put(session.id(), session);
        changed();
        return Admission.ADMITTED;
    }

    synchronized void remove(DaemonSession session) {
        if (sessions.remove(session.id()) != null) {
            changed();
        }
    }

    synchronized List<DaemonSession> list() {
        return List.copyOf(sessions.values());
    }

    synchronized int size() {
        return sessions.size();
    }

    /** Admits nobody from now on, if nobody is attached; false when somebody is. */
    synchronized boolean closeIfEmpty() {
        if (!sessions.isEmpty()) {
            return false;
        }
        close();
        return true;
    }

    /** Admits nobody from now on. */
    synchronized void close() {
        closed = true;
        changed();
    }

    /** Wakes the loop for a reason outside the table. */
    synchronized void wake() {
        changed();
    }

    synchronized long version() {
        return version;
    }

    /** Waits until something changed since that version, or the time is up. */
    synchronized void awaitChange(long seen, Optional<Duration> limit) throws InterruptedException {
        long end = System.nanoTime() + limit.map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
        while (version == seen) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    /** Waits until nobody is attached; false when the time is up first. */
    boolean awaitEmpty(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            long seen = version();
            if (size() == 0) {
                return true;
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            awaitChange(seen, Optional.of(Duration.ofNanos(left)));
        }
    }

    private void changed() {
        version++;
        notifyAll();
    }
}
