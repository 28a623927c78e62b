package dev.drawbridge.mcp.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The status line and headers of a response (RFC 9112 sections 4 and 5), and what they say of the body's length and of the
 * connection's life afterwards.
 */
record ResponseHead(int status, HttpHeaders headers, Framing framing, boolean keepsConnection) {
    private static final int MOST_BYTES = 64 << 10;

    /** How the end of a body is known (RFC 9112 section 6.3). */
    sealed interface Framing {
        /** A number of bytes, zero for none. */
        record Length(long bytes) implements Framing {}

        record Chunked() implements Framing {}

        /** The connection's end. */
        record UntilClosed() implements Framing {}
    }

    /** Reads a head, past those of interim responses (1xx). */
    static ResponseHead read(PlainConnection connection) throws IOException {
        while (true) {
            ResponseHead head = readOne(connection);
            if (head.status() >= 200) {
                return head;
            }
            if (head.status() == 101) {
                throw new IOException("the server changes to a protocol it was not asked for");
            }
        }
    }

    private static ResponseHead readOne(PlainConnection connection) throws IOException {
        Lines lines = new Lines(connection);
        String start = lines.next();
        if (!start.matches("HTTP/1\\.[0-9] [1-9][0-9]{2}( .*)?")) {
            throw new IOException("the answer is not HTTP/1.1");
        }
        int status = Integer.parseInt(start.substring(9, 12));
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                throw new IOException("a header of the answer is malformed");
            }
            fields.computeIfAbsent(line.substring(0, colon).strip(), name -> new ArrayList<>(1))
                    .add(line.substring(colon + 1).strip());
        }
        HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
        Framing framing = framing(status, headers);
        boolean keeps = start.charAt(7) == '1'
                && !(framing instanceof Framing.UntilClosed)
                && headers.allValues("Connection").stream()
                        .noneMatch(value -> lower(value).contains("close"))
                && (headers.firstValue("Transfer-Encoding").isEmpty()
                        || headers.firstValue("Content-Length").isEmpty());
        return new ResponseHead(status, headers, framing, keeps);
    }

    private static Framing framing(int status, HttpHeaders headers) throws IOException {
        if (status < 200 || status == 204 || status == 304) {
            return new Framing.Length(0);
        }
        Optional<String> coding =
                headers.allValues("Transfer-Encoding").stream().reduce((one, next) -> one + "," + next);
        if (coding.isPresent()) {
            return lower(coding.get()).equals("chunked") ? new Framing.Chunked() : unknown(coding.get());
        }
        List<String> lengths =
                headers.allValues("Content-Length").stream().distinct().toList();
        if (lengths.isEmpty()) {
            return new Framing.UntilClosed();
        }
        if (lengths.size() > 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
            throw new IOException("the answer has no usable Content-Length");
        }
        return new Framing.Length(Long.parseLong(lengths.getFirst()));
    }

    private static Framing unknown(String coding) throws IOException {
        throw new IOException("the answer has the transfer coding " + coding + ", which nobody asked for");
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** Lines that end with CRLF, or LF alone (RFC 9112 section 2.2), up to a bound for all of them. */
    private static final class Lines {
        private final PlainConnection connection;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        private int left = MOST_BYTES;

        Lines(PlainConnection connection) {
            this.connection = connection;
        }

        String next() throws IOException {
            line.reset();
            for (int b = connection.read(); b != '\n'; b = connection.read()) {
                if (b < 0) {
                    throw new EOFException("the connection ended before an answer");
                }
                if (--left < 0) {
                    throw new IOException("the headers of the answer are longer than " + MOST_BYTES + " bytes");
                }
                line.write(b);
            }
            String text = line.toString(StandardCharsets.ISO_8859_1);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
    }
}
