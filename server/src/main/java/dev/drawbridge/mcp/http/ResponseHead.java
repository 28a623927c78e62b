package dev.drawbridge.mcp.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The status line and headers of a response (RFC 9112 sections 4 and 5), and what they say of the body's length and of the
 * connection's life afterwards.
 *
 * @param keptIdle how long the connection may wait for its next request, zero when there is none after this one
 */
record ResponseHead(int status, HttpHeaders headers, Framing framing, Duration keptIdle) {
    private static final int MOST_BYTES = 64 << 10;

    /** What a field's name is made of (RFC 9110 section 5.6.2), with the space behind it that some old servers write. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+[ \t]*");

    /** As in {@code Keep-Alive: timeout=5}, in seconds. */
    private static final Pattern IDLE_LIMIT = Pattern.compile("(?:^|[,;\\s])timeout\\s*=\\s*([0-9]{1,9})");

    /** A request that goes out so shortly before the server hangs up may cross with that. */
    private static final Duration CROSSING = Duration.ofSeconds(1);

    private static final Duration UNLIMITED = Duration.ofDays(1);

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
        HttpHeaders headers = headers(lines);
        Framing framing = framing(status, headers);
        boolean keeps = start.charAt(7) == '1'
                && !(framing instanceof Framing.UntilClosed)
                && headers.allValues("Connection").stream()
                        .noneMatch(value -> lower(value).contains("close"))
                && (headers.firstValue("Transfer-Encoding").isEmpty()
                        || headers.firstValue("Content-Length").isEmpty());
        return new ResponseHead(status, headers, framing, keeps ? idleLimit(headers) : Duration.ZERO);
    }

    private static HttpHeaders headers(Lines lines) throws IOException {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<String> last = List.of();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            if ((line.charAt(0) == ' ' || line.charAt(0) == '\t') && !last.isEmpty()) {
                // A value on several lines, as of old (RFC 9112 section 5.2).
                last.add(last.removeLast() + " " + line.strip());
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || !NAME.matcher(line.substring(0, colon)).matches()) {
                throw new IOException("a header of the answer is malformed");
            }
            last = fields.computeIfAbsent(line.substring(0, colon).strip(), name -> new ArrayList<>(1));
            last.add(line.substring(colon + 1).strip());
        }
        return HttpHeaders.of(fields, (name, value) -> true);
    }

    /** What the server says of it (RFC 2068 section 19.7.1), less a moment for what is on its way. */
    private static Duration idleLimit(HttpHeaders headers) {
        Matcher said = IDLE_LIMIT.matcher(
                headers.firstValue("Keep-Alive").map(ResponseHead::lower).orElse(""));
        return said.find() ? Duration.ofSeconds(Long.parseLong(said.group(1))).minus(CROSSING) : UNLIMITED;
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
