package dev.drawbridge.mcp.json;

import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Adds members to a JSON object without re-encoding what is already there. */
public final class JsonEdit {
    private JsonEdit() {}

    /** The object with the members set: one that exists is replaced in its place, the others follow at the end. */
    public static RawJson with(RawJson object, Map<String, RawJson> members) throws MalformedJson {
        byte[] text = object.bytes();
        StringBuilder added = new StringBuilder();
        for (Map.Entry<String, RawJson> member : members.entrySet()) {
            JsonSlices slices = JsonSlices.ofObject(text);
            Optional<JsonSlices.Slice> there = slices.slice(member.getKey());
            if (there.isPresent()) {
                text = slices.withReplaced(there.get(), member.getValue().bytes());
            } else {
                added.append(',')
                        .append(JsonText.quote(member.getKey()))
                        .append(':')
                        .append(member.getValue().text());
            }
        }
        if (added.isEmpty()) {
            return new RawJson(text);
        }
        boolean empty = !JsonSlices.ofObject(text).names().iterator().hasNext();
        byte[] tail = added.substring(empty ? 1 : 0).getBytes(StandardCharsets.UTF_8);
        int end = text.length;
        while (text[end - 1] != '}') {
            end--;
        }
        byte[] result = Arrays.copyOf(text, end - 1 + tail.length + 1);
        System.arraycopy(tail, 0, result, end - 1, tail.length);
        result[result.length - 1] = '}';
        return new RawJson(result);
    }

    /** The object with members set inside one of its members, which is made when it is missing or no object. */
    public static RawJson within(RawJson object, String name, Map<String, RawJson> members) throws MalformedJson {
        RawJson inner = JsonSlices.ofObject(object.bytes())
                .raw(name)
                .filter(raw -> raw.bytes()[0] == '{')
                .orElse(RawJson.EMPTY_OBJECT);
        return with(object, Map.of(name, with(inner, members)));
    }

    /** The object without one member; the rest stays byte for byte. */
    public static RawJson without(RawJson object, String name) throws MalformedJson {
        byte[] text = object.bytes();
        JsonSlices slices = JsonSlices.ofObject(text);
        Optional<JsonSlices.Slice> there = slices.slice(name);
        if (there.isEmpty()) {
            return object;
        }
        int from = memberStart(text, there.get().from());
        int to = skipSpace(text, there.get().to());
        if (text[to] == ',') {
            to++;
        } else {
            int before = from - 1;
            while (isSpace(text[before])) {
                before--;
            }
            if (text[before] == ',') {
                from = before;
            }
        }
        byte[] result = new byte[text.length - (to - from)];
        System.arraycopy(text, 0, result, 0, from);
        System.arraycopy(text, to, result, from, text.length - to);
        return without(new RawJson(result), name);
    }

    /** Where the name of the member begins whose value begins at {@code value}. */
    private static int memberStart(byte[] text, int value) {
        int at = value - 1;
        while (text[at] != ':') {
            at--;
        }
        do {
            at--;
        } while (isSpace(text[at]));
        do {
            at--;
        } while (text[at] != '"' || isEscaped(text, at));
        return at;
    }

    private static boolean isEscaped(byte[] text, int at) {
        int backslashes = 0;
        while (text[at - 1 - backslashes] == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static int skipSpace(byte[] text, int from) {
        int at = from;
        while (isSpace(text[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
