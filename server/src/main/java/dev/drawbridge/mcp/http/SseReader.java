package dev.drawbridge.mcp.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads a {@code text/event-stream} (WHATWG HTML, section 9.2) byte by byte out of its own buffer. Confined to the thread
 * that reads. An event that the stream's end cuts off is dropped, as the standard demands.
 */
public final class SseReader {
    private final InputStream in;
    private final long bound;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private boolean atStart = true;
    private boolean afterReturn;
    private Optional<String> lastId = Optional.empty();

    /** @param bound the longest event, in bytes */
    public SseReader(InputStream in, long bound) {
        this.in = in;
        this.bound = bound;
    }

    /** The next event, also one without data, for it may bring an id or a reconnection time; empty at the end. */
    public Optional<SseEvent> next() throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        boolean hasData = false;
        boolean hasFields = false;
        String type = "message";
        Optional<Duration> retry = Optional.empty();
        while (true) {
            Optional<byte[]> read = line(bound - data.size());
            if (read.isEmpty()) {
                return Optional.empty();
            }
            byte[] line = read.get();
            if (line.length == 0) {
                if (hasFields) {
                    return Optional.of(new SseEvent(type, data.toByteArray(), lastId, retry));
                }
                continue;
            }
            int colon = indexOfColon(line);
            if (colon == 0) {
                continue;
            }
            hasFields = true;
            String name = text(line, 0, colon);
            int from = colon < line.length - 1 && line[colon + 1] == ' ' ? colon + 2 : colon + 1;
            from = Math.min(from, line.length);
            switch (name) {
                case "data" -> {
                    if (hasData) {
                        data.write('\n');
                    }
                    data.write(line, from, line.length - from);
                    hasData = true;
                }
                case "event" -> type = from < line.length ? text(line, from, line.length) : "message";
                case "id" -> {
                    String id = text(line, from, line.length);
                    if (id.indexOf('\0') < 0) {
                        lastId = id.isEmpty() ? Optional.empty() : Optional.of(id);
                    }
                }
                case "retry" -> retry = milliseconds(text(line, from, line.length));
                default -> {
                    // Unknown fields are ignored.
                }
            }
        }
    }

    private static int indexOfColon(byte[] line) {
        for (int i = 0; i < line.length; i++) {
            if (line[i] == ':') {
                return i;
            }
        }
        return line.length;
    }

    private static String text(byte[] line, int from, int to) {
        return new String(line, from, to - from, StandardCharsets.UTF_8);
    }

    /** ASCII digits only; a day at most, so that nobody is sent away for good. */
    private static Optional<Duration> milliseconds(String digits) {
        if (digits.isEmpty() || digits.length() > 12 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(
                Math.min(Long.parseLong(digits), Duration.ofDays(1).toMillis())));
    }

    /** A line without its end, which is LF, CR or CRLF; empty when the stream ended first. */
    private Optional<byte[]> line(long most) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        while (true) {
            if (at == end && !fill()) {
                return Optional.empty();
            }
            if (afterReturn) {
                afterReturn = false;
                if (buffer[at] == '\n') {
                    at++;
                    continue;
                }
            }
            int from = at;
            while (at < end && buffer[at] != '\n' && buffer[at] != '\r') {
                at++;
            }
            line.write(buffer, from, at - from);
            if (line.size() > most + 64) {
                throw new Bodies.TooLarge(bound);
            }
            if (at < end) {
                afterReturn = buffer[at++] == '\r';
                return Optional.of(withoutMark(line.toByteArray()));
            }
        }
    }

    /** The stream may begin with a byte order mark. */
    private byte[] withoutMark(byte[] line) {
        boolean marked = atStart
                && line.length >= 3
                && line[0] == (byte) 0xEF
                && line[1] == (byte) 0xBB
                && line[2] == (byte) 0xBF;
        atStart = false;
        return marked ? java.util.Arrays.copyOfRange(line, 3, line.length) : line;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }
}
