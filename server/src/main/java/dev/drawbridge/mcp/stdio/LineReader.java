package dev.drawbridge.mcp.stdio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Splits a stream into lines of bounded length (requirement 78). Confined to the thread that reads. */
public final class LineReader {
    private final InputStream in;
    private final int bound;
    private final byte[] buffer = new byte[16 << 10];
    private int at;
    private int end;

    public LineReader(InputStream in, int bound) {
        this.in = in;
        this.bound = bound;
    }

    /** One line; of one that was longer than the bound only the beginning. */
    public record Line(byte[] text, boolean cut) {}

    /** The next line without its end, empty at the stream's end; a last line without an end counts. */
    public Optional<Line> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        boolean cut = false;
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(buffer));
                if (end == 0) {
                    return line.size() == 0 ? Optional.empty() : Optional.of(line(line, cut));
                }
            }
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            int room = Math.min(at - from, bound - line.size());
            line.write(buffer, from, room);
            cut |= room < at - from;
            if (at < end) {
                at++;
                return Optional.of(line(line, cut));
            }
        }
    }

    private static Line line(ByteArrayOutputStream bytes, boolean cut) {
        byte[] text = bytes.toByteArray();
        int length = text.length;
        if (length > 0 && text[length - 1] == '\r') {
            length--;
        }
        return new Line(length == text.length ? text : java.util.Arrays.copyOf(text, length), cut);
    }
}
