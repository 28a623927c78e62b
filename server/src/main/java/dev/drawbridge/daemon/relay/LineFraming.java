package dev.drawbridge.daemon.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** One message a line (MCP, stdio transport). */
final class LineFraming implements Framing {
    private static final int PIECE = 1 << 16;

    @Override
    public FrameSource source(InputStream in) {
        return new Source(in);
    }

    @Override
    public void write(OutputStream out, byte[] body) throws IOException {
        byte[] piece = new byte[Math.min(body.length + 1, PIECE)];
        int used = 0;
        for (byte b : body) {
            if (used == piece.length) {
                out.write(piece);
                used = 0;
            }
            // Outside strings white space means nothing, and inside them a line break is always escaped.
            piece[used++] = b == '\n' || b == '\r' ? (byte) ' ' : b;
        }
        if (used == piece.length) {
            out.write(piece);
            used = 0;
        }
        piece[used++] = '\n';
        out.write(piece, 0, used);
        out.flush();
    }

    /** Reads lines; blank ones are none. */
    private static final class Source implements FrameSource {
        private final InputStream in;
        private final byte[] buffer = new byte[PIECE];
        private int at;
        private int end;

        Source(InputStream in) {
            this.in = in;
        }

        @Override
        public Frame next() throws IOException {
            Line line = new Line();
            while (true) {
                if (at == end) {
                    at = 0;
                    end = Math.max(0, in.read(buffer));
                    if (end == 0) {
                        return line.isBlank() ? new Frame.End() : line.frame();
                    }
                }
                int from = at;
                while (at < end && buffer[at] != '\n') {
                    at++;
                }
                line.add(buffer, from, at - from);
                if (at == end) {
                    continue;
                }
                at++;
                if (!line.isBlank()) {
                    return line.frame();
                }
                line = new Line();
            }
        }
    }

    /** A line that is being read, in pieces: a long one must not need several times its length in this small process. */
    private static final class Line {
        private final List<byte[]> full = new ArrayList<>();
        private final ByteArrayOutputStream last = new ByteArrayOutputStream(512);
        private int length;
        private boolean cut;
        private boolean blank = true;

        void add(byte[] bytes, int from, int count) {
            if (cut || count > MAX_MESSAGE - length) {
                cut = true;
                blank = false;
                full.clear();
                last.reset();
                return;
            }
            for (int i = from; blank && i < from + count; i++) {
                blank = bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r';
            }
            last.write(bytes, from, count);
            length += count;
            if (last.size() >= PIECE) {
                full.add(last.toByteArray());
                last.reset();
            }
        }

        boolean isBlank() {
            return blank;
        }

        Frame frame() {
            if (cut) {
                return new Frame.Malformed("a line longer than the " + MAX_MESSAGE + " bytes that are carried");
            }
            byte[] body = new byte[length];
            int at = 0;
            for (byte[] piece : full) {
                System.arraycopy(piece, 0, body, at, piece.length);
                at += piece.length;
            }
            System.arraycopy(last.toByteArray(), 0, body, at, last.size());
            return new Frame.Message(body);
        }
    }
}
