package dev.drawbridge.hub;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;

/**
 * Rings when this machine's addresses change, so that work resumes soon after a network returns and not at the end of a
 * long backoff. It looks once a second, and only while somebody waits; without anybody it costs nothing.
 */
final class NetworkWatch {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final RetryTimer timer;
    private final Supplier<Set<InetAddress>> addresses;
    private final CopyOnWriteArraySet<Waiting> waiting = new CopyOnWriteArraySet<>();
    private Set<InetAddress> before = Set.of();
    private boolean looking;

    /** Who waits; each is its own, also when the actions are equal. */
    private static final class Waiting {
        private final Runnable action;

        Waiting(Runnable action) {
            this.action = action;
        }
    }

    NetworkWatch(RetryTimer timer) {
        this(timer, NetworkWatch::ofThisMachine);
    }

    NetworkWatch(RetryTimer timer, Supplier<Set<InetAddress>> addresses) {
        this.timer = timer;
        this.addresses = addresses;
    }

    /** Runs the action, which must not block, at every change from now on until the ticket is cancelled. */
    RetryTimer.Ticket onChange(Runnable action) {
        Waiting entry = new Waiting(action);
        waiting.add(entry);
        synchronized (this) {
            if (!looking) {
                looking = true;
                before = addresses.get();
                timer.in(INTERVAL, this::look);
            }
        }
        return () -> waiting.remove(entry);
    }

    private void look() {
        boolean changed;
        synchronized (this) {
            if (waiting.isEmpty()) {
                looking = false;
                return;
            }
            Set<InetAddress> now = addresses.get();
            changed = !now.equals(before);
            before = now;
            timer.in(INTERVAL, this::look);
        }
        if (changed) {
            List.copyOf(waiting).forEach(entry -> entry.action.run());
        }
    }

    private static Set<InetAddress> ofThisMachine() {
        try {
            Set<InetAddress> found = new HashSet<>();
            NetworkInterface.networkInterfaces()
                    .forEach(each -> each.inetAddresses().forEach(found::add));
            return found;
        } catch (SocketException e) {
            // No interface at all: whatever comes next is a change.
            return Set.of();
        }
    }
}
