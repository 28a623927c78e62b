package dev.drawbridge.mcp.http;

import dev.drawbridge.mcp.rpc.Deadlines;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A response's body that is given up when nothing comes for too long while somebody waits for it. Read by one thread at a
 * time, closed by any.
 */
final class SilenceLimit extends FilterInputStream implements Deadlines.Deadline {
    private static final long NOBODY_WAITS = 0;

    private final Duration limit;
    private volatile long waitingSince = NOBODY_WAITS;
    private volatile boolean silent;

    /** The body fell silent. */
    static final class Stalled extends IOException {
        private static final long serialVersionUID = 1L;

        Stalled(Duration limit) {
            super("nothing came for " + limit.toMillis() + " ms");
        }
    }

    private SilenceLimit(InputStream body, Duration limit) {
        super(body);
        this.limit = limit;
    }

    static InputStream on(InputStream body, Duration limit) {
        SilenceLimit limited = new SilenceLimit(body, limit);
        Deadlines.SHARED.watch(limited);
        return limited;
    }

    @Override
    public long left(long now) {
        long since = waitingSince;
        return limit.toNanos() - (since == NOBODY_WAITS ? 0 : now - since);
    }

    @Override
    public void passed() {
        silent = true;
        Exchange.closeQuietly(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        waitingSince = System.nanoTime() | 1;
        int count;
        try {
            count = in.read(buffer, offset, length);
        } catch (IOException e) {
            throw silent ? new Stalled(limit) : e;
        } finally {
            waitingSince = NOBODY_WAITS;
        }
        if (count < 0 && silent) {
            throw new Stalled(limit);
        }
        if (count < 0) {
            Deadlines.SHARED.forget(this);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        Deadlines.SHARED.forget(this);
        super.close();
    }
}
