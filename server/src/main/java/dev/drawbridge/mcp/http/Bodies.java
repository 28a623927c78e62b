package dev.drawbridge.mcp.http;

import dev.drawbridge.mcp.rpc.Deadlines;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads response bodies up to a bound. */
public final class Bodies {
    private static final int CHUNK = 64 << 10;
    private static final Duration REST_WITHIN = Duration.ofSeconds(1);

    private Bodies() {}

    /** The body is larger than what is read. */
    public static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(long bound) {
            super("more than " + bound + " bytes");
        }
    }

    /** The bound, or less in a small heap: an answer is held twice for a moment, while its parts are joined. */
    public static long fitting(long bound) {
        return Math.min(bound, Runtime.getRuntime().maxMemory() / 3);
    }

    /** The whole body; memory grows with what really arrives, not with what the server announces. */
    public static byte[] read(InputStream body, long bound) throws IOException {
        try (body) {
            List<byte[]> chunks = new ArrayList<>();
            long total = 0;
            while (true) {
                byte[] chunk = body.readNBytes((int) Math.min(CHUNK, bound + 1 - total));
                total += chunk.length;
                if (total > bound) {
                    throw new TooLarge(bound);
                }
                if (chunk.length > 0) {
                    chunks.add(chunk);
                }
                if (chunk.length < CHUNK) {
                    return joined(chunks, (int) total);
                }
            }
        }
    }

    private static byte[] joined(List<byte[]> chunks, int total) {
        if (chunks.size() == 1) {
            return chunks.getFirst();
        }
        byte[] whole = new byte[total];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, whole, at, chunk.length);
            at += chunk.length;
        }
        return whole;
    }

    /** The beginning of an error's body, for a message. */
    static byte[] start(InputStream body, int most) throws IOException {
        try (body) {
            byte[] text = body.readNBytes(most);
            return Arrays.copyOf(text, text.length);
        }
    }

    /** Gives the connection back to the pool when little is left to read and comes at once, and closes it when not. */
    public static void discard(HttpAnswer.Response response) {
        try (InputStream body = response.body()) {
            if (!response.isEventStream()) {
                Rest rest = new Rest(body, System.nanoTime() + REST_WITHIN.toNanos());
                Deadlines.SHARED.watch(rest);
                try {
                    body.readNBytes(CHUNK);
                } finally {
                    Deadlines.SHARED.forget(rest);
                }
            }
        } catch (IOException e) {
            // Nobody wanted the rest.
        }
    }

    /** A body that nobody wants is not waited for. */
    private record Rest(InputStream body, long end) implements Deadlines.Deadline {
        @Override
        public long left(long now) {
            return end - now;
        }

        @Override
        public void passed() {
            Exchange.closeQuietly(body);
        }
    }
}
