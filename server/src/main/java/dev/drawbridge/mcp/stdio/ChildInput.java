package dev.drawbridge.mcp.stdio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The queue in front of a child's stdin. A child that does not read must not hold up whoever sends, so a thread of its own
 * writes while there is something to write, and none exists after a while without. It is a platform thread, because a
 * write to a full pipe does not let go of the carrier that a virtual thread runs on.
 */
final class ChildInput {
    private static final long IDLE_MILLIS = 5_000;
    private static final long STACK = 128 << 10;

    private final OutputStream out;
    private final long bound;
    private final Deque<byte[]> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean writing;
    private boolean closed;

    /** @param bound the bytes that may wait; a single longer message is taken when nothing else waits */
    ChildInput(OutputStream out, long bound) {
        this.out = out;
        this.bound = bound;
    }

    enum Taken {
        TAKEN,
        FULL,
        CLOSED
    }

    synchronized Taken send(byte[] line) {
        if (closed) {
            return Taken.CLOSED;
        }
        if (queuedBytes > 0 && queuedBytes + line.length > bound) {
            return Taken.FULL;
        }
        queue.add(line);
        queuedBytes += line.length;
        if (!writing) {
            writing = true;
            Thread thread = new Thread(null, this::drain, "stdin of a server", STACK);
            thread.setDaemon(true);
            thread.start();
        } else {
            notifyAll();
        }
        return Taken.TAKEN;
    }

    private void drain() {
        while (true) {
            byte[] line;
            synchronized (this) {
                if (!awaitLine()) {
                    writing = false;
                    if (closed) {
                        closeStream();
                    }
                    return;
                }
                line = queue.remove();
                queuedBytes -= line.length;
            }
            try {
                out.write(line);
                out.flush();
            } catch (IOException e) {
                // The child has closed its input; its exit is noticed elsewhere and ends the calls.
                synchronized (this) {
                    closed = true;
                    queue.clear();
                    queuedBytes = 0;
                }
            }
        }
    }

    /** Whether there is something to write; waits a little for it, as starting a thread for each message would be slower. */
    private synchronized boolean awaitLine() {
        long end = System.nanoTime() + IDLE_MILLIS * 1_000_000;
        try {
            for (long left = IDLE_MILLIS; queue.isEmpty() && !closed && left > 0; ) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !queue.isEmpty();
    }

    /** Takes nothing more, and closes the stream when what was queued is written. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            if (writing) {
                notifyAll();
            } else {
                closeStream();
            }
        }
    }

    private void closeStream() {
        try {
            out.close();
        } catch (IOException e) {
            // The child was faster.
        }
    }
}
