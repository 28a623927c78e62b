package dev.drawbridge.mcp.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the members of a JSON object lie in its bytes, found in one pass without building a tree.
 *
 * <p>This is all the relay and the proxy need of a message: its {@code id}, its {@code method}, and where {@code params}
 * begin and end. The scanner checks structure as far as it has to walk it (balanced brackets, closed strings, bounded
 * nesting); whoever needs a member's content reads that member with Gson.
 */
public final class JsonSlices {
    /** How deep arrays and objects may nest; deeper input is refused rather than overflowing a stack. */
    public static final int MAX_DEPTH = 512;

    private final byte[] bytes;
    private final Map<String, Slice> members;

    private JsonSlices(byte[] bytes, Map<String, Slice> members) {
        this.bytes = bytes;
        this.members = members;
    }

    /** Bytes {@code from} (inclusive) to {@code to} (exclusive) of the scanned text. */
    public record Slice(int from, int to) {}

    /** The text is not one well-formed JSON object; the position counts bytes from 0. */
    public static final class MalformedJson extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedJson(String what, int position) {
            super(what + " at byte " + position);
        }

        /** Well-formed, but not what was expected there. */
        public MalformedJson(String what) {
            super(what);
        }
    }

    /** Scans one object. On a repeated member name the last one wins, as in every common reader. */
    public static JsonSlices ofObject(byte[] bytes) throws MalformedJson {
        return ofObject(bytes, 0, bytes.length);
    }

    /** Scans the object that fills {@code bytes[from, to)}, white space around it allowed. */
    public static JsonSlices ofObject(byte[] bytes, int from, int to) throws MalformedJson {
        Cursor cursor = new Cursor(bytes, from, to);
        Map<String, Slice> members = new LinkedHashMap<>();
        cursor.skipSpace();
        cursor.expect('{');
        cursor.skipSpace();
        if (!cursor.take('}')) {
            do {
                cursor.skipSpace();
                Slice name = cursor.string();
                cursor.skipSpace();
                cursor.expect(':');
                cursor.skipSpace();
                Slice value = cursor.value(1);
                members.put(unquote(bytes, name), value);
                cursor.skipSpace();
            } while (cursor.take(','));
            cursor.expect('}');
        }
        cursor.skipSpace();
        cursor.expectEnd();
        return new JsonSlices(bytes, members);
    }

    /** Where the elements of the array that fills {@code bytes} lie, white space around it allowed. */
    public static List<Slice> ofArray(byte[] bytes) throws MalformedJson {
        Cursor cursor = new Cursor(bytes, 0, bytes.length);
        List<Slice> elements = new ArrayList<>();
        cursor.skipSpace();
        cursor.expect('[');
        cursor.skipSpace();
        if (!cursor.take(']')) {
            do {
                cursor.skipSpace();
                elements.add(cursor.value(1));
                cursor.skipSpace();
            } while (cursor.take(','));
            cursor.expect(']');
        }
        cursor.skipSpace();
        cursor.expectEnd();
        return elements;
    }

    public boolean has(String member) {
        return members.containsKey(member);
    }

    public Iterable<String> names() {
        return members.keySet();
    }

    public Optional<Slice> slice(String member) {
        return Optional.ofNullable(members.get(member));
    }

    /** A copy of the member's bytes. */
    public Optional<RawJson> raw(String member) {
        return slice(member).map(slice -> new RawJson(java.util.Arrays.copyOfRange(bytes, slice.from, slice.to)));
    }

    /** The member's text when it is a JSON string. */
    public Optional<String> string(String member) {
        return slice(member).filter(slice -> bytes[slice.from] == '"').map(slice -> unquote(bytes, slice));
    }

    /** The member scanned in its turn, when it is an object. */
    public Optional<JsonSlices> object(String member) throws MalformedJson {
        Slice slice = members.get(member);
        if (slice == null || bytes[slice.from] != '{') {
            return Optional.empty();
        }
        return Optional.of(ofObject(bytes, slice.from, slice.to));
    }

    /** The scanned text with one member's value replaced; everything else stays byte for byte. */
    public byte[] withReplaced(Slice slice, byte[] replacement) {
        byte[] result = new byte[bytes.length - (slice.to - slice.from) + replacement.length];
        System.arraycopy(bytes, 0, result, 0, slice.from);
        System.arraycopy(replacement, 0, result, slice.from, replacement.length);
        System.arraycopy(bytes, slice.to, result, slice.from + replacement.length, bytes.length - slice.to);
        return result;
    }

    private static String unquote(byte[] bytes, Slice quoted) {
        String text = new String(bytes, quoted.from + 1, quoted.to - quoted.from - 2, StandardCharsets.UTF_8);
        return text.indexOf('\\') < 0 ? text : JsonText.unescape(text);
    }

    /** A position in the bytes that only moves forward. */
    private static final class Cursor {
        private final byte[] bytes;
        private final int end;
        private int at;

        Cursor(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        void skipSpace() {
            while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
                at++;
            }
        }

        boolean take(char expected) {
            if (at < end && bytes[at] == expected) {
                at++;
                return true;
            }
            return false;
        }

        void expect(char expected) throws MalformedJson {
            if (!take(expected)) {
                throw new MalformedJson("expected '" + expected + "'", at);
            }
        }

        void expectEnd() throws MalformedJson {
            if (at != end) {
                throw new MalformedJson("unexpected text after the value", at);
            }
        }

        Slice string() throws MalformedJson {
            int from = at;
            expect('"');
            while (at < end) {
                byte b = bytes[at++];
                if (b == '"') {
                    return new Slice(from, at);
                }
                if (b == '\\') {
                    at++;
                }
            }
            throw new MalformedJson("unclosed string", from);
        }

        Slice value(int depth) throws MalformedJson {
            if (depth > MAX_DEPTH) {
                throw new MalformedJson("nesting deeper than " + MAX_DEPTH, at);
            }
            if (at >= end) {
                throw new MalformedJson("missing value", at);
            }
            int from = at;
            switch (bytes[at]) {
                case '"' -> string();
                case '{' -> container('{', '}', true, depth);
                case '[' -> container('[', ']', false, depth);
                default -> scalar();
            }
            return new Slice(from, at);
        }

        private void container(char open, char close, boolean named, int depth) throws MalformedJson {
            expect(open);
            skipSpace();
            if (take(close)) {
                return;
            }
            do {
                skipSpace();
                if (named) {
                    string();
                    skipSpace();
                    expect(':');
                    skipSpace();
                }
                value(depth + 1);
                skipSpace();
            } while (take(','));
            expect(close);
        }

        private void scalar() throws MalformedJson {
            int from = at;
            while (at < end && ",]} \n\r\t".indexOf(bytes[at]) < 0) {
                at++;
            }
            if (at == from) {
                throw new MalformedJson("missing value", at);
            }
        }
    }
}
