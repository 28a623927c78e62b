package dev.drawbridge.mcp.stdio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The queue in front of a child's stdin. A child that does not read must not hold up whoever sends, so a virtual thread
 * writes while there is something to write, and none exists while there is nothing.
 */
final class ChildInput {
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
            Thread.startVirtualThread(this::drain);
        }
        return Taken.TAKEN;
    }

    private void drain() {
        while (true) {
            byte[] line;
            synchronized (this) {
                if (queue.isEmpty()) {
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

    /** Takes nothing more, and closes the stream when what was queued is written. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            if (!writing) {
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
