package dev.drawbridge.daemon;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that knows how long the current write has been stuck; writes go out in pieces, each of which is progress. */
final class WatchedOutput extends OutputStream {
    private static final int PIECE = 1 << 16;
    private static final long NOT_WRITING = Long.MIN_VALUE;

    private final OutputStream out;
    private volatile long writingSince = NOT_WRITING;

    WatchedOutput(OutputStream out) {
        this.out = out;
    }

    /** Whether a write has made no progress for that long; called on the daemon's timer. */
    boolean isStalled(long nanoTime, long limitNanos) {
        long since = writingSince;
        return since != NOT_WRITING && nanoTime - since > limitNanos;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            for (int at = 0; at < length; at += PIECE) {
                writingSince = System.nanoTime();
                out.write(bytes, offset + at, Math.min(PIECE, length - at));
            }
        } finally {
            writingSince = NOT_WRITING;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
