package dev.drawbridge.daemon.relay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The base protocol of LSP 3.17: header lines with {@code Content-Length}, an empty line, and as many bytes. */
final class LspFraming implements Framing {
    private static final String LENGTH = "content-length:";
    private static final int MAX_HEADER_LINE = 8 << 10;

    @Override
    public FrameSource source(InputStream in) {
        return new Source(in instanceof BufferedInputStream ? in : new BufferedInputStream(in, 1 << 16));
    }

    @Override
    public void write(OutputStream out, byte[] body) throws IOException {
        byte[] header = ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        if (body.length <= 1 << 16) {
            byte[] whole = new byte[header.length + body.length];
            System.arraycopy(header, 0, whole, 0, header.length);
            System.arraycopy(body, 0, whole, header.length, body.length);
            out.write(whole);
        } else {
            out.write(header);
            out.write(body);
        }
        out.flush();
    }

    /** Reads frames; after bytes that are none it looks for the next header that has a length and goes on there. */
    private static final class Source implements FrameSource {
        private final InputStream in;
        private final StringBuilder line = new StringBuilder(64);
        private boolean lost;

        Source(InputStream in) {
            this.in = in;
        }

        @Override
        public Frame next() throws IOException {
            long length = -1;
            boolean anyHeader = false;
            while (true) {
                if (!readLine()) {
                    return new Frame.End();
                }
                if (line.isEmpty()) {
                    if (length >= 0) {
                        return body(length);
                    }
                    if (anyHeader && !lost) {
                        lost = true;
                        return new Frame.Malformed("a header without Content-Length");
                    }
                    continue;
                }
                anyHeader = true;
                int at = line.toString().toLowerCase(Locale.ROOT).indexOf(LENGTH);
                if (at == 0 || lost && at > 0) {
                    length = number(line.substring(at + LENGTH.length()).trim());
                }
                boolean bad = at == 0 ? length < 0 : line.indexOf(":") <= 0 || line.length() > MAX_HEADER_LINE;
                if (bad && !lost) {
                    lost = true;
                    return new Frame.Malformed(
                            at == 0 ? "a Content-Length that is no number" : "a header line that is none");
                }
            }
        }

        private Frame body(long length) throws IOException {
            lost = false;
            if (length > MAX_MESSAGE) {
                in.skipNBytes(length);
                return new Frame.Malformed(
                        "a message of " + length + " bytes, more than the " + MAX_MESSAGE + " that are carried");
            }
            byte[] body = new byte[(int) length];
            return in.readNBytes(body, 0, body.length) == body.length ? new Frame.Message(body) : new Frame.End();
        }

        /** False at the end of the stream. Of a line that is too long the end is kept, where the next header may begin. */
        private boolean readLine() throws IOException {
            line.setLength(0);
            while (true) {
                int next = in.read();
                if (next < 0) {
                    return false;
                }
                if (next == '\n') {
                    int last = line.length() - 1;
                    if (last >= 0 && line.charAt(last) == '\r') {
                        line.setLength(last);
                    }
                    return true;
                }
                if (line.length() > 2 * MAX_HEADER_LINE) {
                    line.delete(0, line.length() - MAX_HEADER_LINE);
                }
                line.append((char) next);
            }
        }

        private static long number(String text) {
            if (text.isEmpty() || text.length() > 15) {
                return -1;
            }
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                    return -1;
                }
            }
            return Long.parseLong(text);
        }
    }
}
