package dev.drawbridge.mcp.http;

import dev.drawbridge.mcp.http.ResponseHead.Framing;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The body of a response over a plain connection. At its end the connection goes back to its owner; closed before, it is
 * closed, for what is left of the body stands in the way of the next response.
 */
final class PlainBody extends InputStream {
    private static final int LONGEST_SIZE_LINE = 1024;

    private final PlainConnection connection;
    private final PlainHttp owner;
    private final Exchange exchange;
    private final Duration keptIdle;
    private final Framing framing;

    /** Bytes left of the body, or of the current chunk. */
    private long left;

    private boolean firstChunk = true;

    /** Set by whoever reads the end, or closes, which may be another thread: the connection is let go of once. */
    private final AtomicBoolean ended = new AtomicBoolean();

    PlainBody(PlainConnection connection, PlainHttp owner, Exchange exchange, ResponseHead head) {
        this.connection = connection;
        this.owner = owner;
        this.exchange = exchange;
        this.keptIdle = head.keptIdle();
        this.framing = head.framing();
        this.left = switch (framing) {
            case Framing.Length(long bytes) -> bytes;
            case Framing.Chunked() -> 0;
            case Framing.UntilClosed() -> Long.MAX_VALUE;
        };
        if (framing instanceof Framing.Length && left == 0) {
            end();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            return some(to, offset, length);
        } catch (IOException e) {
            // Whoever reads need not know that a broken connection is still one that has to be closed.
            close();
            throw e;
        }
    }

    private int some(byte[] to, int offset, int length) throws IOException {
        if (ended.get() || left == 0 && !nextChunk()) {
            return -1;
        }
        int count = connection.read(to, offset, (int) Math.min(length, left));
        if (count < 0) {
            if (framing instanceof Framing.UntilClosed) {
                end();
                return -1;
            }
            throw new EOFException("the connection ended in the middle of an answer");
        }
        left -= count;
        if (left == 0 && framing instanceof Framing.Length) {
            end();
        }
        return count;
    }

    @Override
    public int available() {
        return ended.get() ? 0 : (int) Math.min(left, connection.buffered());
    }

    /** Whether there is one (RFC 9112 section 7.1); extensions and trailers are read past. */
    private boolean nextChunk() throws IOException {
        if (!(framing instanceof Framing.Chunked)) {
            return false;
        }
        if (!firstChunk && !line().isEmpty()) {
            throw new IOException("a chunk of the answer is longer than it says");
        }
        firstChunk = false;
        String size = line();
        int end = size.indexOf(';');
        String digits = (end < 0 ? size : size.substring(0, end)).strip();
        if (!digits.matches("[0-9a-fA-F]{1,15}")) {
            throw new IOException("a chunk of the answer has no size");
        }
        left = Long.parseLong(digits, 16);
        if (left > 0) {
            return true;
        }
        for (int trailers = 0; !line().isEmpty(); trailers++) {
            if (trailers == 100) {
                throw new IOException("the answer has too many trailers");
            }
        }
        end();
        return false;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(8);
        for (int b = connection.read(); b != '\n'; b = connection.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended in the middle of an answer");
            }
            if (line.length() == LONGEST_SIZE_LINE) {
                throw new IOException("a line between chunks of the answer is too long");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    private void end() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        // From here on somebody else's exchange may be on the connection, which nobody of this one may close.
        if (exchange.release() && keptIdle.isPositive()) {
            owner.giveBack(connection, keptIdle);
        } else {
            owner.discard(connection);
        }
    }

    /** From any thread. */
    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            owner.discard(connection);
        }
    }
}
