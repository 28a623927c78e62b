package dev.drawbridge.proxy.http;

import java.io.IOException;
import java.io.OutputStream;

/** A connection's output that tells for how long a write has been waiting for the other side to read. */
final class WatchedStream extends OutputStream {
    private final OutputStream out;
    private volatile long since;

    WatchedStream(OutputStream out) {
        this.out = out;
    }

    boolean isStalled(long now, long limitNanos) {
        long began = since;
        return began != 0 && now - began > limitNanos;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int length) throws IOException {
        since = System.nanoTime() | 1;
        try {
            out.write(data, from, length);
            out.flush();
        } finally {
            since = 0;
        }
    }
}
