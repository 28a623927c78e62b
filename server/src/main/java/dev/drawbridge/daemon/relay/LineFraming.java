package dev.drawbridge.daemon.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** One message a line (MCP, stdio transport). */
final class LineFraming implements Framing {
    @Override
    public FrameSource source(InputStream in) {
        return new Source(in);
    }

    @Override
    public void write(OutputStream out, byte[] body) throws IOException {
        byte[] line = Arrays.copyOf(body, body.length + 1);
        for (int i = 0; i < body.length; i++) {
            // Outside strings white space means nothing, and inside them a line break is always escaped.
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        line[body.length] = '\n';
        out.write(line);
        out.flush();
    }

    /** Reads lines; blank ones are none. */
    private static final class Source implements FrameSource {
        private final InputStream in;
        private final byte[] buffer = new byte[1 << 16];
        private int at;
        private int end;

        Source(InputStream in) {
            this.in = in;
        }

        @Override
        public Frame next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(512);
            boolean cut = false;
            while (true) {
                if (at == end) {
                    at = 0;
                    end = Math.max(0, in.read(buffer));
                    if (end == 0) {
                        return line.size() == 0 ? new Frame.End() : new Frame.Message(line.toByteArray());
                    }
                }
                int from = at;
                while (at < end && buffer[at] != '\n') {
                    at++;
                }
                int room = Math.min(at - from, MAX_MESSAGE - line.size());
                line.write(buffer, from, room);
                cut |= room < at - from;
                if (at == end) {
                    continue;
                }
                at++;
                if (cut) {
                    return new Frame.Malformed("a line longer than the " + MAX_MESSAGE + " bytes that are carried");
                }
                byte[] body = line.toByteArray();
                if (!new String(body, java.nio.charset.StandardCharsets.ISO_8859_1).isBlank()) {
                    return new Frame.Message(body);
                }
                line.reset();
            }
        }
    }
}
