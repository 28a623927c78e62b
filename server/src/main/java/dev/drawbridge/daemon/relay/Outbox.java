package dev.drawbridge.daemon.relay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Messages on their way to the daemon: bounded, so an editor that writes faster than it is served is slowed down. */
final class Outbox {
    private static final int MAX_MESSAGES = 4096;
    private static final long MAX_BYTES = Framing.MAX_MESSAGE;

    private final ArrayDeque<Envelope> messages = new ArrayDeque<>();
    private long bytes;
    private boolean interrupted;

    synchronized void put(Envelope message) throws InterruptedException {
        // One message is always let in, however long it is.
        while (messages.size() >= MAX_MESSAGES || bytes > 0 && bytes + message.body().length > MAX_BYTES) {
            wait();
        }
        messages.add(message);
        bytes += message.body().length;
        notifyAll();
    }

    /** Puts back what could not be sent, ahead of everything else. */
    synchronized void putBack(Envelope message) {
        messages.addFirst(message);
        bytes += message.body().length;
    }

    /** The next message; none when {@link #interrupt} was called, now or since the last call. */
    synchronized List<Envelope> take() throws InterruptedException {
        while (messages.isEmpty() && !interrupted) {
            wait();
        }
        if (interrupted) {
            interrupted = false;
            return List.of();
        }
        Envelope message = messages.remove();
        bytes -= message.body().length;
        notifyAll();
        return List.of(message);
    }

    /** Wakes the taker with nothing. */
    synchronized void interrupt() {
        interrupted = true;
        notifyAll();
    }

    synchronized List<Envelope> drain() {
        List<Envelope> all = new ArrayList<>(messages);
        messages.clear();
        bytes = 0;
        notifyAll();
        return all;
    }
}
