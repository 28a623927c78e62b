package dev.drawbridge.mcp.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One JSON value as the UTF-8 bytes it arrived in.
 *
 * <p>What Drawbridge only carries it never decodes: numbers keep their spelling, objects their key order, unknown members
 * their place. Immutable by convention: nobody writes to the array after handing it over.
 */
public record RawJson(byte[] bytes) {
    /** The empty object, the usual "no parameters". */
    public static final RawJson EMPTY_OBJECT = of("{}");

    /** The literal null. */
    public static final RawJson NULL = of("null");

    public static RawJson of(String text) {
        return new RawJson(text.getBytes(StandardCharsets.UTF_8));
    }

    public static RawJson of(JsonElement element) {
        return of(element.toString());
    }

    /** The value's text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The value read into a tree. Numbers keep their text (Gson's lazily parsed numbers).
     *
     * @throws com.google.gson.JsonParseException when the bytes are not JSON
     */
    public JsonElement tree() {
        return JsonParser.parseString(text());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The size only: a payload may hold what must not reach a log. */
    @Override
    public String toString() {
        return "RawJson[" + bytes.length + " bytes]";
    }
}
