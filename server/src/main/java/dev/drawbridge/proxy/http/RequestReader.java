package dev.drawbridge.proxy.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads requests off one connection (HTTP/1.1, RFC 9112), strictly: what could be understood in two ways is refused, and
 * everything has a bound. Owned by the connection's thread.
 */
final class RequestReader {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final int MOST_HEADERS = 128;

    private final InputStream in;
    private final HttpBounds bounds;

    RequestReader(InputStream in, HttpBounds bounds) {
        this.in = new BufferedInputStream(in, 1 << 14);
        this.bounds = bounds;
    }

    /** The request cannot be read, and what follows it neither. */
    static final class BadRequest extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String sentence;

        BadRequest(int status, String sentence) {
            super(sentence);
            this.status = status;
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }

        int status() {
            return status;
        }
    }

    /** Waits until something comes; false when the other side has hung up. */
    boolean awaitMore() throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return false;
        }
        in.reset();
        return true;
    }

    /** The next request's head. */
    RequestHead head() throws IOException, BadRequest {
        int left = bounds.head();
        String start = line(left);
        if (start.isEmpty()) {
            // One empty line before a request is allowed (RFC 9112 section 2.2).
            start = line(left);
        }
        String[] words = start.split(" ", -1);
        if (words.length != 3 || !TOKEN.matcher(words[0]).matches() || !words[2].startsWith("HTTP/")) {
            throw new BadRequest(400, "This is no HTTP request");
        }
        if (!words[2].equals("HTTP/1.1")) {
            throw new BadRequest(505, "Only HTTP/1.1 is spoken here");
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        left -= start.length();
        int count = 0;
        while (true) {
            String line = line(left);
            if (line.isEmpty()) {
                break;
            }
            left -= line.length() + 2;
            int colon = line.indexOf(':');
            if (++count > MOST_HEADERS
                    || colon < 1
                    || !TOKEN.matcher(line.substring(0, colon)).matches()) {
                throw new BadRequest(400, "A header line is malformed, or there are too many");
            }
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(line.substring(colon + 1).strip());
        }
        int query = words[1].indexOf('?');
        return new RequestHead(words[0], query < 0 ? words[1] : words[1].substring(0, query), headers);
    }

    private String line(int most) throws IOException, BadRequest {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the connection ended within a request");
            }
            if (b == '\r') {
                if (in.read() != '\n') {
                    throw new BadRequest(400, "A line ends in a bare carriage return");
                }
                return line.toString(StandardCharsets.ISO_8859_1);
            }
            if (b == '\n' || b == 0) {
                throw new BadRequest(400, "A line holds what it must not");
            }
            if (line.size() >= most) {
                throw new BadRequest(431, "The request's head is too long");
            }
            line.write(b);
        }
    }

    /** Whether a body follows that the client holds back until it is told to go on (RFC 9110 section 10.1.1). */
    static boolean waitsForConsent(RequestHead head) {
        return head.header("expect").filter("100-continue"::equalsIgnoreCase).isPresent();
    }

    /** How the body is delimited; empty for a chunked one. */
    private static Optional<Long> length(RequestHead head) throws BadRequest {
        Optional<String> encoding = head.header("transfer-encoding");
        Optional<String> length = head.header("content-length");
        if (head.repeats("content-length") || head.repeats("transfer-encoding")) {
            throw new BadRequest(400, "The length of the body is said twice");
        }
        if (encoding.isPresent()) {
            if (length.isPresent() || !encoding.get().equalsIgnoreCase("chunked")) {
                throw new BadRequest(400, "The transfer encoding is not understood");
            }
            return Optional.empty();
        }
        String digits = length.orElse("0");
        if (!digits.matches("\\d{1,12}")) {
            throw new BadRequest(400, "The content length is no number");
        }
        return Optional.of(Long.parseLong(digits));
    }

    byte[] body(RequestHead head) throws IOException, BadRequest {
        Optional<Long> length = length(head);
        if (length.isEmpty()) {
            return chunks();
        }
        if (length.get() > bounds.body()) {
            throw tooLong();
        }
        byte[] body = in.readNBytes(Math.toIntExact(length.get()));
        if (body.length < length.get()) {
            throw new IOException("the connection ended within a body");
        }
        return body;
    }

    private byte[] chunks() throws IOException, BadRequest {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line(1024).split(";", 2)[0].strip();
            if (!size.matches("[0-9A-Fa-f]{1,8}")) {
                throw new BadRequest(400, "A chunk's length is no number");
            }
            long length = Long.parseLong(size, 16);
            if (body.size() + length > bounds.body()) {
                throw tooLong();
            }
            if (length == 0) {
                break;
            }
            byte[] chunk = in.readNBytes((int) length);
            if (chunk.length < length || !line(1).isEmpty()) {
                throw new BadRequest(400, "A chunk does not end where it should");
            }
            body.writeBytes(chunk);
        }
        for (int trailers = 0; !line(1024).isEmpty(); trailers++) {
            if (trailers > MOST_HEADERS) {
                throw new BadRequest(400, "There are too many trailers");
            }
        }
        return body.toByteArray();
    }

    private BadRequest tooLong() {
        return new BadRequest(413, "The body is longer than " + (bounds.body() >> 20) + " MiB");
    }
}
